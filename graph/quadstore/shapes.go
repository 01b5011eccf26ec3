package quadstore

import "github.com/cayleygraph/cayley/graph/shape"

// OptimizeShape implements shape.Optimizer.
func (v *View) OptimizeShape(s shape.Shape) (shape.Shape, bool) { return s, false }
