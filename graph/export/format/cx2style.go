package format

import (
	"maps"
	"slices"
	"strings"

	"isnad/schema"
)

// cx2Style returns the aspect of visual properties
// (https://cytoscape.org/cx/cx2/cx2-visual-styles): labels below nodes, colours and shapes
// by class, lines by status, arrows by direction.
func cx2Style() string {
	var colors, shapes, lines, dashes []string
	for _, class := range slices.Sorted(maps.Keys(palette)) {
		n := &Node{Class: class}
		colors = append(colors, cx2Case(string(class), nodeColor(n).hex))
		shapes = append(shapes, cx2Case(string(class), shape(n)))
	}
	for _, status := range []schema.Status{schema.Planned, schema.Denied} {
		lines = append(lines, cx2Case(string(status), linkColor(&Edge{Status: status}).hex))
		dashes = append(dashes, cx2Case(string(status), "dashed"))
	}
	return `{"visualProperties":[{"default":{` +
		`"node":{"NODE_SHAPE":"` + shape(&Node{}) + `","NODE_BACKGROUND_COLOR":"` + otherColor.hex + `","NODE_LABEL_FONT_SIZE":12,"NODE_LABEL_POSITION":{` +
		`"HORIZONTAL_ALIGN":"center","VERTICAL_ALIGN":"top","HORIZONTAL_ANCHOR":"center","VERTICAL_ANCHOR":"bottom","MARGIN_X":0,"MARGIN_Y":2,"JUSTIFICATION":"center"}},` +
		`"edge":{"EDGE_LINE_COLOR":"` + edgeColor.hex + `","EDGE_TARGET_ARROW_COLOR":"` + edgeColor.hex +
		`","EDGE_LINE_STYLE":"solid","EDGE_WIDTH":1,"EDGE_TARGET_ARROW_SHAPE":"triangle","EDGE_CURVE_STYLE":"bezier","EDGE_LABEL_FONT_SIZE":8}},` +
		cx2Mapping("nodeMapping", cx2Pass("NODE_LABEL", "name", "string"), cx2Pass("NODE_WIDTH", "size", "double"), cx2Pass("NODE_HEIGHT", "size", "double"),
			cx2Discrete("NODE_BACKGROUND_COLOR", "class", colors...), cx2Discrete("NODE_SHAPE", "class", shapes...)) + "," +
		cx2Mapping("edgeMapping", cx2Pass("EDGE_LABEL", "interaction", "string"), cx2Discrete("EDGE_LINE_COLOR", "status", lines...),
			cx2Discrete("EDGE_TARGET_ARROW_COLOR", "status", lines...), cx2Discrete("EDGE_LINE_STYLE", "status", dashes...),
			cx2Discrete("EDGE_TARGET_ARROW_SHAPE", "directed", `{"v":false,"vp":"none"}`)) + "}]}"
}

func cx2Mapping(name string, properties ...string) string {
	return "\n\"" + name + `":{` + strings.Join(properties, ",\n") + "}"
}

// cx2Pass takes a visual property from an attribute as it stands, cx2Discrete by the value
// of one, in cases.
func cx2Pass(property, attribute, kind string) string {
	return `"` + property + `":{"type":"PASSTHROUGH","definition":{"attribute":"` + attribute + `","type":"` + kind + `"}}`
}

func cx2Discrete(property, attribute string, cases ...string) string {
	return `"` + property + `":{"type":"DISCRETE","definition":{"attribute":"` + attribute + `","map":[` + strings.Join(cases, ",") + `]}}`
}

func cx2Case(value, visual string) string { return `{"v":"` + value + `","vp":"` + visual + `"}` }
