// Package schema defines what isnad can say: the ontology (classes and
// predicates, loaded from YAML) and the document result, the JSON object that
// carries what one article says from extraction to the graph.
//
// schema imports nothing else of isnad; everything else imports it.
package schema
