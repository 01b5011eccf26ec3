// Package ner finds the names and descriptions of persons, organisations,
// countries, places and events in an article, and the offices that persons hold.
//
// It knows names from gazetteers, recognises new ones by what stands around them (a
// title before a person, a head noun before an organisation), and carries a name
// once read in full to its later short forms. All knowledge is in data/: names that
// need context are marked there, forms that Arabic builds by rule (nationalities,
// duals, plurals) are computed when the data is loaded.
//
// A scan of a document goes through layers, each reading those before it:
// gazetteer phrases and nationalities; noun phrases with a head noun; offices;
// persons; short forms. Then overlaps are settled and the mentions written.
package ner
