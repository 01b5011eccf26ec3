package sequence

// Sentence is a labelled sentence to learn from.
type Sentence struct {
	Tokens []Token
	Labels []Label
}

// learner holds the running weights and, for their average over all steps, the sum
// of each change times the step at which it was made.
type learner struct {
	model Model
	emit  [][labels]int64
	moves [labels + 1][labels]int64
	step  int64
}

// scale is what one correction weighs in the averaged model, so that whole numbers
// keep two decimals of a mean.
const scale = 100

// Train learns a model from the sentences, in their order, so many times over. The
// same sentences give the same model.
func Train(sentences []Sentence, epochs int) *Model {
	t := &learner{emit: make([][labels]int64, 1<<tableBits)}
	t.model.emit = make([][labels]int16, 1<<tableBits)
	for k := range t.model.move {
		for l := range Label(labels) {
			if !allowed(Label(k), l) {
				t.model.move[k][l] = impossible
			}
		}
	}
	for range epochs {
		for i := range sentences {
			t.learn(&sentences[i])
		}
	}
	return t.average()
}

// learn corrects the weights where the best labelling is not the right one.
func (t *learner) learn(s *Sentence) {
	t.step++
	guess := t.model.Label(s.Tokens)
	var rows []uint32
	for i, right := range s.Labels {
		prevRight, prevGuess := Label(labels), Label(labels)
		if i > 0 {
			prevRight, prevGuess = s.Labels[i-1], guess[i-1]
		}
		if guess[i] == right && prevRight == prevGuess {
			continue
		}
		t.move(prevRight, right, 1)
		t.move(prevGuess, guess[i], -1)
		if guess[i] == right {
			continue
		}
		rows = features(rows[:0], s.Tokens, i)
		for _, r := range rows {
			t.weigh(r, right, 1)
			t.weigh(r, guess[i], -1)
		}
	}
}

func (t *learner) weigh(row uint32, l Label, by int16) {
	t.model.emit[row][l] += by
	t.emit[row][l] += int64(by) * t.step
}

func (t *learner) move(from, to Label, by int32) {
	t.model.move[from][to] += by
	t.moves[from][to] += int64(by) * t.step
}

// average returns the mean of the weights over all steps, in hundredths.
func (t *learner) average() *Model {
	out := &Model{emit: make([][labels]int16, len(t.emit))}
	mean := func(now, sum int64) int64 { return (now*(t.step+1) - sum) * scale / t.step }
	for r := range t.emit {
		for l := range labels {
			v := mean(int64(t.model.emit[r][l]), t.emit[r][l])
			out.emit[r][l] = int16(max(-1<<15, min(1<<15-1, v)))
		}
	}
	for k := range t.model.move {
		for l := range Label(labels) {
			if allowed(Label(k), l) {
				out.move[k][l] = int32(mean(int64(t.model.move[k][l]), t.moves[k][l]))
			} else {
				out.move[k][l] = impossible
			}
		}
	}
	return out
}
