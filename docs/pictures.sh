#!/bin/sh
# Makes the pictures of export.md from the graph of the sample articles, in Graphviz and in Chromium. Usage: pictures.sh ISNAD READERS
set -eu
isnad=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
readers=$(cd "$2" && pwd)
cd "$(dirname "$0")"
store=$(mktemp -d)
trap 'rm -rf "$store"' EXIT

"$isnad" --store "$store/graph" build samples >/dev/null
export_() { "$isnad" --store "$store/graph" export "$@"; }
mkdir -p images

export_ --format dot --entity المغرب -o "$store/m.dot"
dot -Tsvg "$store/m.dot" -o images/graphviz.svg

export_ --format cytoscape --entity المغرب -o "$store/m.json"
node "$readers/picture.mjs" cytoscape "$store/m.json" images/cytoscape.png

export_ --format gexf --min-sources 1 -o "$store/g.gexf"
node "$readers/picture.mjs" sigma "$store/g.gexf" images/sigma.png

export_ --format mermaid --entity "ناصر بوريطة" -o "$store/b.mmd"
node "$readers/picture.mjs" mermaid "$store/b.mmd" images/mermaid.png

export_ --format html --entity المغرب -o "$store/m.html"
node "$readers/picture.mjs" html "$store/m.html" images/html.png
