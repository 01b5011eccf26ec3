"""Reads an export with networkx and prints what it found, as JSON:
    read.py FORMAT FILE -> {"nodes": {id: label}, "edges": [[source, target, label]], "times": n}
"""

import json
import sys

import networkx


def found(graph):
    return {
        "nodes": {n: a.get("label", "") for n, a in graph.nodes(data=True)},
        "edges": [[s, t, a.get("label") or a.get("predicate", "")] for s, t, a in graph.edges(data=True)],
        "times": sum(1 for _, _, a in graph.edges(data=True) if a.get("start")),
    }


def gexf(path):
    # networkx knows the 1.2 draft only.
    text = open(path, encoding="utf-8").read()
    text = text.replace("http://gexf.net/1.3/viz", "http://www.gexf.net/1.2draft/viz").replace("http://gexf.net/1.3", "http://www.gexf.net/1.2draft")
    # Nor does it take graphs of both kinds of edges.
    text = text.replace('version="1.3"', 'version="1.2"').replace(' type="undirected"', "")
    open(path + ".12", "w", encoding="utf-8").write(text)
    return found(networkx.read_gexf(path + ".12"))


def jsongraph(path):
    data = json.load(open(path, encoding="utf-8"))
    try:
        return found(networkx.node_link_graph(data, edges="links"))
    except TypeError:  # before networkx 3.4 they are called so anyway
        return found(networkx.node_link_graph(data))


def graphml(path):
    # networkx refuses graphs of both kinds of edges.
    text = open(path, encoding="utf-8").read().replace(' directed="false"', "")
    open(path + ".directed", "w", encoding="utf-8").write(text)
    return found(networkx.read_graphml(path + ".directed", force_multigraph=True))


print(json.dumps(globals()[sys.argv[1]](sys.argv[2])))
