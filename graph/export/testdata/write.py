"""Reads node-link JSON into networkx and writes it with networkx's own writers, and prints the seconds that each took
(by the clock and of processor time) and the peak memory:
write.py FORMAT SOURCE FILE → {"read": {"wall": …, "cpu": …}, "write": {"wall": …, "cpu": …}, "mib": …}"""
import json
import resource
import sys
import time

import networkx

kind, source, target = sys.argv[1:]


def timed(what):
    wall, cpu = time.monotonic(), time.process_time()
    result = what()
    return result, {"wall": time.monotonic() - wall, "cpu": time.process_time() - cpu}


def read():
    with open(source, encoding="utf-8") as f:
        data = json.load(f)
    try:
        return networkx.node_link_graph(data, edges="links")
    except TypeError:  # before networkx 3.4
        return networkx.node_link_graph(data)


def write():
    if kind == "gexf":
        networkx.write_gexf(graph, target)
    elif kind == "graphml":
        networkx.write_graphml(graph, target)
    else:
        data = networkx.cytoscape_data(graph) if kind == "cytoscape" else networkx.node_link_data(graph)
        with open(target, "w", encoding="utf-8") as f:
            json.dump(data, f, ensure_ascii=False)


graph, reading = timed(read)
for _, _, attributes in graph.edges(data=True):  # to what ours say in this format
    evidence = attributes.pop("evidence", None)
    if kind == "graphml":  # which has no lists
        attributes["evidence"] = json.dumps(evidence, ensure_ascii=False)
    elif kind != "gexf":  # where ours have the quotations only
        attributes["evidence"] = evidence
_, writing = timed(write)
print(json.dumps({"read": reading, "write": writing, "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
