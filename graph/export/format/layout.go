package format

import (
	"fmt"
	"math"
	"unicode/utf8"
)

// point is where a node stands, y downwards.
type point struct{ x, y float64 }

// Graphs up to these sizes are laid out by forces, which holds all of them in memory and
// takes about a second at most; larger ones in a spiral, of which each place is known by
// itself.
const (
	mostForcedNodes = 1000
	mostForcedLinks = 10_000
)

// places returns where the node of a number stands, so that the first look at a graph
// is a picture. The tools' own layouts do better on large graphs.
func (g *Graph) places() (func(int) point, error) {
	if g.NodeCount > mostForcedNodes || g.Links > mostForcedLinks {
		return spiral, nil
	}
	f := &forces{}
	ids := numbers{}
	for n, err := range g.Nodes {
		if err != nil {
			return nil, fmt.Errorf("export: %w", err)
		}
		f.at = append(f.at, spiral(ids.add(n)))
		f.radius = append(f.radius, g.size(n)/2)
		f.half = append(f.half, max(g.size(n)/2, halfLetter*float64(utf8.RuneCountInString(n.Name))))
	}
	for e, err := range g.links() {
		if err != nil {
			return nil, fmt.Errorf("export: %w", err)
		}
		source, target, err := ids.ends(e)
		if err != nil {
			return nil, err
		}
		if source != target {
			f.links = append(f.links, [2]int{source, target})
		}
	}
	f.settle()
	return func(i int) point { return f.at[i] }, nil
}

// spacing is how far apart nodes like to be: twice the diameter of the largest.
const spacing = 120

// spiral returns the place of a number in a sunflower's spiral, which fills a disc evenly
// (Vogel 1979, A better way to construct the sunflower head).
func spiral(i int) point {
	turn := math.Pi * (3 - math.Sqrt(5))
	r, angle := spacing*math.Sqrt(float64(i)), float64(i)*turn
	return point{tenth(r * math.Cos(angle)), tenth(r * math.Sin(angle))}
}

func tenth(x float64) float64 { return math.Round(x*10) / 10 }

// forces lays a graph out by springs and repulsion (Fruchterman and Reingold 1991, Graph
// drawing by force-directed placement), with a pull to the middle that keeps parts
// together.
type forces struct {
	at, push []point
	radius   []float64
	half     []float64 // of the width, with the name below
	weight   []float64 // how strongly a node pushes others away: the root of what it is linked to
	links    [][2]int
}

func (f *forces) settle() {
	const steps = 300
	f.push = make([]point, len(f.at))
	f.links = distinctLinks(f.links)
	f.weight = make([]float64, len(f.at))
	for _, l := range f.links {
		f.weight[l[0]]++
		f.weight[l[1]]++
	}
	for i, degree := range f.weight {
		f.weight[i] = math.Sqrt(degree + .2)
	}
	for step := range steps {
		f.pull()
		f.repel()
		heat := 2 * spacing * (1 - float64(step)/steps)
		for i := range f.at {
			length := math.Hypot(f.push[i].x, f.push[i].y)
			if length > heat {
				f.push[i].x *= heat / length
				f.push[i].y *= heat / length
			}
			f.at[i].x += f.push[i].x
			f.at[i].y += f.push[i].y
		}
	}
	f.draw()
	for range 100 {
		f.part()
	}
	for i := range f.at {
		f.at[i] = point{tenth(f.at[i].x), tenth(f.at[i].y)}
	}
}

// draw draws the whole together, so that its disc has room for each node and no more.
func (f *forces) draw() {
	var square float64
	for _, p := range f.at {
		square += p.x*p.x + p.y*p.y
	}
	n := float64(len(f.at))
	if wide, room := math.Sqrt(square/n), .55*spacing*math.Sqrt(n); wide > room {
		for i := range f.at {
			f.at[i].x *= room / wide
			f.at[i].y *= room / wide
		}
	}
}

// distinctLinks leaves one link between two nodes.
func distinctLinks(links [][2]int) [][2]int {
	seen := map[[2]int]bool{}
	var out [][2]int
	for _, l := range links {
		if l[0] > l[1] {
			l[0], l[1] = l[1], l[0]
		}
		if !seen[l] {
			seen[l] = true
			out = append(out, l)
		}
	}
	return out
}

// pull is towards the middle and along links.
func (f *forces) pull() {
	const gravity = .3
	for i, p := range f.at {
		f.push[i] = point{-gravity * p.x, -gravity * p.y}
	}
	for _, l := range f.links {
		dx, dy := f.at[l[1]].x-f.at[l[0]].x, f.at[l[1]].y-f.at[l[0]].y
		by := math.Hypot(dx, dy) / spacing * .5
		f.push[l[0]].x += dx * by
		f.push[l[0]].y += dy * by
		f.push[l[1]].x -= dx * by
		f.push[l[1]].y -= dy * by
	}
}

func (f *forces) repel() {
	for i := range f.at {
		for j := range i {
			dx, dy := f.at[i].x-f.at[j].x, f.at[i].y-f.at[j].y
			by := spacing * spacing * f.weight[i] * f.weight[j] / (dx*dx + dy*dy + 1)
			f.push[i].x += dx * by
			f.push[i].y += dy * by
			f.push[j].x -= dx * by
			f.push[j].y -= dy * by
		}
	}
}

// halfLetter is half the width of a letter of a name, as tools write them below nodes.
const halfLetter = 3.8

// part moves nodes apart that overlap, or whose names do.
func (f *forces) part() {
	const across, down = 8, 24
	for i := range f.at {
		for j := range i {
			dx, dy := f.at[i].x-f.at[j].x, f.at[i].y-f.at[j].y
			overX, overY := f.half[i]+f.half[j]+across-math.Abs(dx), f.radius[i]+f.radius[j]+down-math.Abs(dy)
			if overX <= 0 || overY <= 0 {
				continue
			}
			if overX < overY {
				by := math.Copysign(overX/2, dx)
				f.at[i].x += by
				f.at[j].x -= by
			} else {
				by := math.Copysign(overY/2, dy)
				f.at[i].y += by
				f.at[j].y -= by
			}
		}
	}
}
