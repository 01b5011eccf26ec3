"""Reads exports with networkx and prints what it found, as JSON:
    read.py READER FILE... -> [{"nodes": [{iri, label, ...}], "edges": [{source, target, ...}]}, ...]
An element holds what was found of it, under the names of isnad.
"""

import html
import json
import subprocess
import sys
import xml.etree.ElementTree as ET

import networkx

GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"
GEXF12 = "{http://www.gexf.net/1.2draft}"
YFILES = "{http://www.yworks.com/xml/graphml}"


def found(graph, directed=True):
    edges = graph.edges(keys=True, data=True) if graph.is_multigraph() else ((s, t, a.get("id"), a) for s, t, a in graph.edges(data=True))
    return {
        "nodes": [{"iri": n, **a} for n, a in graph.nodes(data=True)],
        "edges": [{"source": s, "target": t, "iri": k, "directed": directed, **a} for s, t, k, a in edges],
    }


def both_kinds(tree, edges, is_undirected, read):
    """Reads the graph twice, since networkx refuses graphs of both kinds of edges: once with either kind."""
    out = None
    for undirected in (False, True):
        root = ET.fromstring(ET.tostring(tree))
        for parent in root.iter():
            for edge in [e for e in parent if e.tag == edges and is_undirected(e) != undirected]:
                parent.remove(edge)
        part = read(root, undirected)
        out = part if out is None else {"nodes": out["nodes"], "edges": out["edges"] + part["edges"]}
    return out


def gexf(path):
    # networkx knows the 1.2 draft only.
    with open(path, encoding="utf-8") as f:
        text = f.read()
    text = text.replace("http://gexf.net/1.3/viz", "http://www.gexf.net/1.2draft/viz").replace("http://gexf.net/1.3", "http://www.gexf.net/1.2draft")
    text = text.replace('version="1.3"', 'version="1.2"')

    def read(root, undirected):
        if undirected:
            root.find(GEXF12 + "graph").set("defaultedgetype", "undirected")
        ET.ElementTree(root).write(path + ".12", encoding="utf-8", xml_declaration=True)
        return found(networkx.read_gexf(path + ".12"), not undirected)

    out = both_kinds(ET.fromstring(text), GEXF12 + "edge", lambda e: e.get("type") == "undirected", read)
    for element in out["nodes"] + out["edges"]:
        viz = element.pop("viz", {})
        if "color" in viz:
            element["color"] = "#%02x%02x%02x" % tuple(viz["color"][c] for c in "rgb")
        if "size" in viz:
            element["size"] = viz["size"]
        if "position" in viz:
            element["x"], element["up"] = viz["position"]["x"], viz["position"]["y"]
        for old, new in (("start", "first"), ("end", "last")):
            if old in element:
                element[new] = element.pop(old)
        element.pop("id", None)
    return out


def jsongraph(path):
    with open(path, encoding="utf-8") as f:
        data = json.load(f)
    try:
        return found(networkx.node_link_graph(data, edges="links"))
    except TypeError:  # before networkx 3.4 they are called so anyway
        return found(networkx.node_link_graph(data))


def graphml(path):
    out = found(networkx.read_graphml(path, force_multigraph=True), None)
    for edge in out["edges"]:
        edge.pop("directed")
        edge.pop("id", None)
        edge.setdefault("symmetric", False)
        if "evidence" in edge:
            edge["evidence"] = json.loads(edge["evidence"])
    return out


def yed(path):
    """Reads attributes with networkx, and what yEd draws from the elements of yFiles."""
    out = graphml(path)
    root = ET.parse(path).getroot()
    drawn = {e.get("id"): e for e in root.iter() if e.tag in (GRAPHML + "node", GRAPHML + "edge")}
    for node in out["nodes"]:
        shape = drawn[node["iri"]].find(f".//{YFILES}ShapeNode")
        size = shape.find(YFILES + "Geometry")
        assert size.get("width") == size.get("height"), node
        node.update(label=shape.find(YFILES + "NodeLabel").text, color=shape.find(YFILES + "Fill").get("color"), size=float(size.get("width")),
                    yed_shape=shape.find(YFILES + "Shape").get("type"))
        node.pop("shape_type", None)
        for name in ("x", "y"):  # of the left upper corner
            node[name] = round(float(size.get(name)) + float(size.get("width")) / 2, 1)
    for edge in out["edges"]:
        line = drawn[edge["iri"]].find(f".//{YFILES}PolyLineEdge")
        style = line.find(YFILES + "LineStyle")
        if "description" in edge:
            edge["quotes"] = edge.pop("description")
        edge.update(label=line.find(YFILES + "EdgeLabel").text, color=style.get("color"), dashed=style.get("type") == "dashed",
                    yed_arrow=line.find(YFILES + "Arrows").get("target"))
    return out


def dot(path):
    """Reads what Graphviz understood: its dot_json."""
    out = subprocess.run(["osage", "-Tdot_json", path], check=True, capture_output=True)
    if out.stderr:
        raise ValueError(out.stderr.decode())
    data = json.loads(out.stdout)
    objects = data.get("objects", [])

    def text(s):  # Graphviz leaves escapes and entities of labels to the renderer
        return html.unescape(s).replace("\\n", "\n").replace("\\\\", "\\")

    nodes = [{"iri": o["name"], "label": text(o["label"]).split("\n")[0], "color": o["fillcolor"][:7], "dot_shape": o["shape"]} for o in objects]
    edges = [{"source": objects[e["tail"]]["name"], "target": objects[e["head"]]["name"], "label": text(e["label"]), "color": e["color"],
              "directed": e.get("dir") != "none", "dashed": e.get("style") == "dashed", "quotes": text(e.get("tooltip", "")) or None} for e in data.get("edges", [])]
    return {"nodes": nodes, "edges": edges}


def rows(path):
    """Reads a table with csvkit, all of it as text."""
    out = subprocess.run(["csvjson", "--no-inference", "--blanks", path], check=True, capture_output=True)
    return [{k: v for k, v in row.items() if v != ""} for row in json.loads(out.stdout or "[]")]


def renamed(row, names):
    return {names.get(k, k): v for k, v in row.items()}


def csv(folder):
    evidence = {}
    for row in rows(folder + "/evidence.csv"):
        evidence.setdefault(row.pop("statement"), []).append(renamed(row, {"said_by": "saidBy"}))
    nodes = [renamed(row, {"name": "label"}) for row in rows(folder + "/entities.csv")]
    edges = [renamed(row, {"subject": "source", "object": "target"}) for row in rows(folder + "/statements.csv")]
    for edge in edges:
        edge["directed"] = {"true": "false", "false": "true"}[edge.pop("symmetric")]
        if edge["iri"] in evidence:
            edge["cited"] = evidence[edge["iri"]]
    return {"nodes": nodes, "edges": edges}


def gephi(folder):
    edges = [renamed(row, {"Id": "iri", "Source": "source", "Target": "target", "Label": "label", "Weight": "weight"}) for row in rows(folder + "/edges.csv")]
    for edge in edges:
        edge["directed"] = {"Directed": "true", "Undirected": "false"}[edge.pop("Type")]
    return {"nodes": [renamed(row, {"Id": "iri", "Label": "label"}) for row in rows(folder + "/nodes.csv")], "edges": edges}


if __name__ == "__main__":
    print(json.dumps([globals()[sys.argv[1]](path) for path in sys.argv[2:]]))
