// Package relation turns mentions into statements: who met whom, which country
// joined what, where an event was held.
//
// It works in three steps, sentence by sentence.
//
// The chunker makes nodes of tokens: a name with its titles and appositions is one
// node, so is a compound preposition; every other word is one of its own. Words that
// print as verb and noun alike (دعم) are decided by what stands before and behind.
//
// The clause parser is shallow: it assigns each node to a clause and each clause to
// the one it completes (أن), modifies (الذي) or accompanies (حيث, مشيدا), finds
// coordinated names ("A، B وC", "كل من A وB") and the subject of each clause, which
// may stand before or behind the verb, be the noun that a relative clause modifies,
// or be left unsaid and taken from the verb before ("وأضاف … ودعا").
//
// The engine then looks for the triggers of frames and fills each frame's two slots.
// Frames are data, in frames/*.yaml, and so are closed word classes, in words.yaml:
// no predicate has code of its own. What a governing verb, a negation or a future
// particle does to a statement (status), who is quoted as making it (attribution),
// when, where, and in which words (evidence) is found the same way for all frames.
//
// What is hoped for, due or supposed (يجب أن, لو) is not stated and yields nothing.
package relation
