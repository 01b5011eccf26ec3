package arabic

// Lemmas returns the lemmas of the verb lexicon, as VerbReading and NounReading give them.
func Lemmas() ([]string, error) {
	verbs, err := parseVerbs(verbFile)
	if err != nil {
		return nil, err
	}
	out := make([]string, len(verbs))
	for i := range verbs {
		out[i] = verbs[i].lemma
	}
	return out, nil
}
