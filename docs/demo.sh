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
run stats

printf '\n== Who met whom?\n'
run query --limit 60 '
g.V("<isnad:Person>").in("<rdf:type>").save("<isnad:name>", "who")
 .out("<isnad:met>").save("<isnad:name>", "met").unique().all()'

printf '\n== Which countries joined the coalition?\n'
run query 'g.V("<isnad:Country>").in("<rdf:type>")
 .has("<isnad:joined>", "isnad:organization/التحالف_الدولي_ضد_داعش").save("<isnad:name>", "country").all()'

printf '\n== Who hosted what?\n'
run query 'g.V("<isnad:Event>").in("<rdf:type>").save("<isnad:name>", "event")
 .in("<isnad:hosted>").save("<isnad:name>", "host").all()'

cat <<'END'

The store was temporary. To keep one and go on:
  bin/isnad build docs/samples              the same articles, into ./isnad-data
  bin/isnad show بوريطة                     one entity, with the words that say so
  bin/isnad find --predicate joined         who joined what, when, who reports it
  bin/isnad path ماكغورك المغرب             how two are tied
  bin/isnad extract --pretty docs/samples/07-skhirat-2018.json
  bin/isnad query                           a prompt for Gizmo
  bin/isnad --help
END
