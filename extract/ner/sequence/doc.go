// Package sequence labels the tokens of a sentence as parts of names: a structured
// perceptron with averaged weights (M. Collins, Discriminative Training Methods for
// Hidden Markov Models, EMNLP 2002), features hashed into a fixed table, decoded by
// Viterbi. It finds names that no list holds by the words around them.
//
// Weights are integers and sums are exact, so that the same sentence gets the same
// labels on every machine; Train gives the same bytes from the same sentences.
package sequence
