package graph

import (
	"context"
	"errors"
	"fmt"
	"reflect"

	"github.com/cayleygraph/cayley/query"
	"github.com/cayleygraph/quad"
	"github.com/dop251/goja"
)

// maxArray is the longest array that a query may collect; Cayley's row limit does not
// hold for arrays.
const maxArray = 100_000

// sandbox stands between a query and the Go objects of a Gizmo session. Cayley runs a
// query in a goroutine of its own, where a panic (followRecursive with a null tag) would
// end the process, and where an interrupt that falls into a callback is thrown as an
// exception that the query may catch. So the query sees stand-ins only, whose methods
// check their arguments, pass the call on, turn panics into exceptions and renew a lost
// interrupt.
type sandbox struct {
	ctx   context.Context
	vm    *goja.Runtime
	inner map[*goja.Object]*goja.Object // stand-in → object of the session
	proto map[reflect.Type]*goja.Object // type of such objects → prototype of the stand-ins
}

// globals are the functions of Gizmo beside the graph object.
var globals = []string{"iri", "bnode", "raw", "str", "lang", "typed", "lt", "lte", "gt", "gte", "regex", "like"}

// guard puts the session's objects behind a sandbox that ends with ctx, and the query
// into it: program runs it, under its number for the watcher.
func guard(ctx context.Context, session query.Session, number uint8, text string) error {
	// Cayley has no way to reach the runtime, and no other to make it safe.
	field := reflect.Indirect(reflect.ValueOf(session)).FieldByName("vm")
	if !field.IsValid() || field.Type() != reflect.TypeFor[*goja.Runtime]() {
		return fmt.Errorf("graph: no JavaScript runtime in a %T of this version of Cayley", session)
	}
	s := &sandbox{ctx: ctx, vm: (*goja.Runtime)(field.UnsafePointer()),
		inner: map[*goja.Object]*goja.Object{}, proto: map[reflect.Type]*goja.Object{}}
	g, ok := s.vm.Get("g").(*goja.Object)
	if !ok {
		return errors.New("graph: no graph object in this version of Cayley")
	}
	s.vm.Set("g", s.standIn(g))
	s.vm.Set("graph", s.vm.Get("g"))
	for _, name := range globals {
		fn := s.vm.Get(name)
		s.vm.Set(name, func(call goja.FunctionCall) goja.Value { return s.call(goja.Undefined(), fn, name, call.Arguments) })
	}
	if err := s.tame(); err != nil {
		return fmt.Errorf("graph: JavaScript of this version of Cayley: %w", err)
	}
	return s.prepare(number, text)
}

// standIn returns what the query sees of an object of the session.
func (s *sandbox) standIn(obj *goja.Object) *goja.Object {
	typ := obj.ExportType()
	proto := s.proto[typ]
	if proto == nil {
		proto = s.vm.NewObject()
		for _, name := range obj.Keys() {
			if err := proto.Set(name, func(call goja.FunctionCall) goja.Value { return s.method(name, call) }); err != nil {
				panic(s.vm.NewGoError(err))
			}
		}
		s.proto[typ] = proto
	}
	out := s.vm.CreateObject(proto)
	s.inner[out] = obj
	return out
}

func (s *sandbox) method(name string, call goja.FunctionCall) goja.Value {
	this, _ := call.This.(*goja.Object)
	obj := s.inner[this]
	if obj == nil {
		panic(s.vm.NewTypeError(name + " was called on something else than the graph or a path"))
	}
	return s.call(obj, obj.Get(name), name, call.Arguments)
}

// call passes a call on.
func (s *sandbox) call(this, fn goja.Value, name string, args []goja.Value) goja.Value {
	defer func() {
		if s.ctx.Err() != nil {
			s.vm.Interrupt(s.ctx.Err())
		}
		switch r := recover().(type) {
		case nil:
		case *goja.Exception, *goja.InterruptedError, goja.Value:
			panic(r)
		default:
			panic(s.vm.NewGoError(fmt.Errorf("%s: %v", name, r)))
		}
	}()
	f, ok := goja.AssertFunction(fn)
	if !ok {
		panic(s.vm.NewTypeError(name + " is not a function"))
	}
	in := make([]goja.Value, len(args))
	for i, a := range args {
		if obj, ok := a.(*goja.Object); ok && s.inner[obj] != nil {
			in[i] = s.inner[obj]
			continue
		}
		var err error
		if in[i], err = s.bounded(a); err != nil {
			panic(s.vm.NewTypeError(name + ": " + err.Error()))
		}
	}
	if err := checkArguments(name, in); err != nil {
		panic(s.vm.NewTypeError(name + ": " + err.Error()))
	}
	collects := name == "toArray" || name == "tagArray" || name == "ToArray" || name == "TagArray"
	if collects && len(in) == 0 {
		in = append(in, s.vm.ToValue(maxArray+1))
	}
	v, err := f(this, in...)
	if err != nil {
		panic(err)
	}
	obj, ok := v.(*goja.Object)
	switch {
	case !ok:
		return v
	case collects && obj.Get("length").ToInteger() > maxArray:
		panic(s.vm.NewTypeError(fmt.Sprintf("%s: more than %d results: give a limit", name, maxArray)))
	case isPath(obj):
		return s.standIn(obj)
	}
	return v
}

func isPath(v goja.Value) bool {
	obj, ok := v.(*goja.Object)
	return ok && obj.ExportType() != nil && obj.ExportType().String() == "*gizmo.pathObject"
}

// checkArguments refuses the arguments at which Cayley panics, and empty names, which
// mean nothing.
func checkArguments(name string, args []goja.Value) error {
	switch name {
	case "in", "out", "both", "followRecursive", "labelContext", "In", "Out", "Both", "FollowRecursive", "LabelContext":
		return checkWalk(args)
	case "iri", "bnode", "raw", "str", "lang", "typed", "tag", "as", "back", "Tag", "As", "Back",
		"saveInPredicates", "saveOutPredicates", "SaveInPredicates", "SaveOutPredicates":
		for _, a := range args {
			if !isText(a) {
				return fmt.Errorf("want strings, got %v", a)
			}
		}
	case "vertex", "V", "Vertex", "is", "Is", "has", "hasR", "Has", "HasR", "save", "saveR", "saveOpt", "saveOptR",
		"Save", "SaveR", "SaveOpt", "SaveOptR":
		for _, a := range args {
			if text, ok := a.Export().(string); ok && text == "" {
				return errors.New("an empty string names no node")
			}
		}
	case "limit", "skip", "getLimit", "Limit", "Skip", "GetLimit":
		if len(args) != 1 || args[0].ToInteger() < 0 {
			return errors.New("want one whole number")
		}
	case "follow", "followR", "and", "intersect", "union", "or", "except", "difference",
		"Follow", "FollowR", "And", "Intersect", "Union", "Or", "Except", "Difference":
		if len(args) != 1 || !isPath(args[0]) {
			return errors.New("want one path")
		}
	}
	return nil
}

// checkWalk checks (predicates, [depth], [tags…]).
func checkWalk(args []goja.Value) error {
	for i, a := range args {
		v := a.Export()
		list, isList := v.([]any)
		_, isNumber := v.(int64)
		switch {
		case i == 0 && isList:
			for _, each := range list {
				if !isNode(each) {
					return fmt.Errorf("%v in the list of predicates is no node", each)
				}
			}
		case i == 0 && (v == nil || isPath(a) || isNode(v)), i > 0 && isText(a), i == 1 && isNumber:
		case i > 0 && isList:
			for _, each := range list {
				if _, ok := each.(string); !ok {
					return fmt.Errorf("tag %v is no string", each)
				}
			}
		default:
			return fmt.Errorf("argument %d cannot be %v", i+1, a)
		}
	}
	return nil
}

// isNode reports whether an exported value can name a node.
func isNode(v any) bool {
	switch v := v.(type) {
	case string:
		return v != ""
	case quad.Value, bool, int64, float64:
		return true
	}
	return false
}

func isText(v goja.Value) bool {
	switch v.Export().(type) {
	case string, quad.Value:
		return true
	}
	return false
}
