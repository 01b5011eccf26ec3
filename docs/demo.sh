#!/bin/sh
# Builds the graph of the sample articles in a fresh store and asks it three questions. Usage: demo.sh ISNAD
set -eu
isnad=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
cd "$(dirname "$0")"
store=$(mktemp -d)
trap 'rm -rf "$store"' EXIT

run() {
	printf '\n$ isnad'
	for word; do
		case $word in *[!A-Za-z0-9/._=-]*) printf " '%s'" "$word" ;; *) printf ' %s' "$word" ;; esac
	done
	printf '\n'
	"$isnad" --store "$store" "$@"
}

echo "The graph of the articles in docs/samples, in a store of its own."
run build samples

printf '\n== Who met whom?\n'
run query '
g.V("<isnad:Person>").in("<rdf:type>").save("<isnad:name>", "who")
 .out("<isnad:met>").save("<isnad:name>", "met").all()'

printf '\n== Which countries joined the coalition?\n'
run query '
g.V("<isnad:Country>").in("<rdf:type>").save("<isnad:name>", "country")
 .out("<isnad:joined>").has("<isnad:name>", regex("التحالف الدولي")).save("<isnad:name>", "joined").all()'

printf '\n== Which countries hosted, organized or attended what?\n'
run query '
g.V("<isnad:Country>").in("<rdf:type>").save("<isnad:name>", "country")
 .out(["<isnad:hosted>", "<isnad:participatedIn>", "<isnad:organized>"], "how").save("<isnad:name>", "event").all()'

cat <<'END'

The store was temporary. To keep one and go on:
  bin/isnad build docs/samples              the same articles, into ./isnad-data
  bin/isnad show بوريطة                     one entity, with the words that say so
  bin/isnad find --predicate joined         who joined what, when, where, in whose words
  bin/isnad path توغو اليمن                 how two are tied
  bin/isnad extract --pretty docs/samples/07-skhirat-2018.json
  bin/isnad query                           a prompt for Gizmo
  bin/isnad --help
END
