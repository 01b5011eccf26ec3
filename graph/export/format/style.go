package format

import (
	"fmt"
	"math"
	"strconv"

	"isnad/schema"
)

// color is red, green and blue from 0 to 255, in decimal, and all of them as #rrggbb; and
// black or white, whichever is easier to read upon it.
type color struct{ r, g, b, hex, text string }

func rgb(r, g, b uint8) color {
	c := color{strconv.Itoa(int(r)), strconv.Itoa(int(g)), strconv.Itoa(int(b)), fmt.Sprintf("#%02x%02x%02x", r, g, b), "#fff"}
	// Relative luminance, and the one at which both contrast alike (WCAG 2.2).
	light := func(x uint8) float64 { return math.Pow(float64(x)/255, 2.2) }
	if .2126*light(r)+.7152*light(g)+.0722*light(b) > .179 {
		c.text = "#000"
	}
	return c
}

// palette gives each class its colour: apart for those who see no red and green too
// (Okabe and Ito 2008, Color Universal Design).
var palette = map[schema.Class]color{
	schema.Person:       rgb(0, 114, 178),
	schema.Organization: rgb(213, 94, 0),
	schema.Country:      rgb(0, 158, 115),
	schema.Place:        rgb(86, 180, 233),
	schema.Event:        rgb(204, 121, 167),
}

var (
	otherColor   = rgb(153, 153, 153)
	plannedColor = rgb(230, 159, 0)
	deniedColor  = rgb(170, 170, 170)
	edgeColor    = rgb(102, 102, 102)
)

func nodeColor(n *Node) color {
	if c, ok := palette[n.Class]; ok {
		return c
	}
	return otherColor
}

func linkColor(e *Edge) color {
	switch e.Status {
	case schema.Planned:
		return plannedColor
	case schema.Denied:
		return deniedColor
	}
	return edgeColor
}

// shape returns the shape of a class, by the name that Cytoscape gives it.
func shape(n *Node) string {
	switch n.Class {
	case schema.Person:
		return "ellipse"
	case schema.Organization:
		return "round-rectangle"
	case schema.Country, schema.Place:
		return "hexagon"
	case schema.Event:
		return "diamond"
	}
	return "rectangle"
}

// dashed reports whether an edge is drawn with a broken line: it is not asserted.
func dashed(e *Edge) bool { return e.Status == schema.Planned || e.Status == schema.Denied }

// size returns a diameter between 10 and 60 by the number of articles, on a logarithmic
// scale: news follow Zipf's law.
func (g *Graph) size(n *Node) float64 {
	const least, most = 10, 60
	if g.MostArticles <= 1 {
		return least
	}
	share := math.Log1p(float64(n.Articles)) / math.Log1p(float64(g.MostArticles))
	return math.Round((least+(most-least)*min(share, 1))*10) / 10
}
