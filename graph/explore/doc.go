// Package explore answers the questions people ask of a graph: which entity a name
// means, what is said of it, who did what with whom, and how two entities are tied. All
// functions work on a graph.View, give the same answer for the same graph in the same
// order, and never answer without the words that state it.
package explore
