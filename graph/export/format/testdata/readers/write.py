"""Writes a node-link graph with networkx's own writer and prints its processor time and peak memory:
write.py FORMAT SOURCE FILE → {"seconds": …, "mib": …}"""
import json
import resource
import sys
import time

import networkx

kind, source, target = sys.argv[1:]
with open(source, encoding="utf-8") as f:
    data = json.load(f)
for link in data["links"]:
    evidence = link.pop("evidence", None)
    if kind == "jsongraph":
        link["evidence"] = evidence
    elif kind == "graphml":  # ours holds it as JSON
        link["evidence"] = json.dumps(evidence, ensure_ascii=False)
try:
    graph = networkx.node_link_graph(data, edges="links")
except TypeError:  # before networkx 3.4
    graph = networkx.node_link_graph(data)
del data
start = time.process_time()
if kind == "gexf":
    networkx.write_gexf(graph, target)
elif kind == "graphml":
    networkx.write_graphml(graph, target)
else:
    with open(target, "w", encoding="utf-8") as f:
        json.dump(networkx.node_link_data(graph), f, ensure_ascii=False)
seconds = time.process_time() - start
print(json.dumps({"seconds": seconds, "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
