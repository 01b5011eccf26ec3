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
	state uint64 // of random
}

// scale is what one correction weighs in the averaged model, so that whole numbers
// keep two decimals of a mean.
const scale = 100

// hidden is the share of words hidden in training, in hundredths.
const hidden = 25

// Train learns a model from the sentences: the mean of several perceptrons, each of
// which goes so many times over them in an order of its own. The same sentences give
// the same model.
func Train(sentences []Sentence, epochs, models int) *Model {
	sum := &learner{emit: make([][labels]int64, 1<<tableBits)}
	for seed := range models {
		t := newLearner(uint64(seed))
		for range epochs {
			for _, i := range t.order(len(sentences)) {
				t.learn(&sentences[i])
			}
		}
		t.addTo(sum)
	}
	return sum.mean(models)
}

func newLearner(seed uint64) *learner {
	t := &learner{emit: make([][labels]int64, 1<<tableBits), state: mix(offset, seed)}
	t.model.emit = make([][labels]int16, 1<<tableBits)
	for k := range t.model.move {
		for l := range Label(labels) {
			if !allowed(Label(k), l) {
				t.model.move[k][l] = impossible
			}
		}
	}
	return t
}

// random returns the next of a fixed sequence of numbers below n.
func (t *learner) random(n int) int {
	t.state = mix(t.state, uint64(n))
	return int(t.state >> 33 % uint64(n))
}

// order returns the numbers below n in the order of the next epoch.
func (t *learner) order(n int) []int {
	order := make([]int, n)
	for i := range order {
		j := t.random(i + 1)
		order[i] = order[j]
		order[j] = i
	}
	return order
}

// learn corrects the weights where the best labelling is not the right one.
func (t *learner) learn(s *Sentence) {
	t.step++
	t.hide(s.Tokens)
	guess := t.model.Label(s.Tokens)
	var list rows
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
		list = features(list[:0], s.Tokens, i)
		for _, r := range list {
			t.weigh(r, right, 1)
			t.weigh(r, guess[i], -1)
		}
	}
}

// hide hides the words of a share of the tokens, so that the model learns to do without
// them.
func (t *learner) hide(tokens []Token) {
	for i := range tokens {
		tokens[i].hidden = t.random(100) < hidden
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

// addTo adds the mean of the weights over all steps, in hundredths, to the sums of
// another learner.
func (t *learner) addTo(sum *learner) {
	mean := func(now, total int64) int64 { return (now*(t.step+1) - total) * scale / t.step }
	for r := range t.emit {
		for l := range labels {
			sum.emit[r][l] += mean(int64(t.model.emit[r][l]), t.emit[r][l])
		}
	}
	for k := range t.model.move {
		for l := range Label(labels) {
			if allowed(Label(k), l) {
				sum.moves[k][l] += mean(int64(t.model.move[k][l]), t.moves[k][l])
			}
		}
	}
}

// mean returns the model that is the mean of n summed ones.
func (t *learner) mean(n int) *Model {
	out := &Model{emit: make([][labels]int16, len(t.emit))}
	for r := range t.emit {
		for l := range labels {
			out.emit[r][l] = int16(max(-1<<15, min(1<<15-1, t.emit[r][l]/int64(n))))
		}
	}
	for k := range out.move {
		for l := range Label(labels) {
			if allowed(Label(k), l) {
				out.move[k][l] = int32(t.moves[k][l] / int64(n))
			} else {
				out.move[k][l] = impossible
			}
		}
	}
	return out
}
