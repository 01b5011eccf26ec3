package graph

import (
	"errors"
	"fmt"
	"reflect"

	"github.com/dop251/goja"
)

// The JavaScript engine recurses in Go over values when it joins arrays, reads JSON or
// hands a value to Go. A stack that overflows there ends the process and cannot be
// recovered from, so what recurses is bounded before it starts.
const (
	maxJSON    = 64 << 10  // bytes of JSON that a query reads
	maxNesting = 100       // of values, and of arrays that are joined
	maxValues  = 100_000   // parts of one value that a query hands over
	maxJoined  = 1_000_000 // elements of a joined array
)

var (
	errNesting = fmt.Errorf("a value is nested more than %d deep, or in itself", maxNesting)
	errValues  = fmt.Errorf("a value has more than %d parts", maxValues)
)

// tame takes from the runtime what would compile text that a query has made, and bounds
// the functions that recurse.
func (s *sandbox) tame() error {
	functions, arrays := s.prototype("Function"), s.prototype("Array")
	if err := functions.Set("constructor", goja.Undefined()); err != nil {
		return err
	}
	for _, name := range []string{"eval", "Function"} {
		s.vm.Set(name, goja.Undefined())
	}
	for _, name := range []string{"join", "toLocaleString"} {
		if err := s.boundJoin(arrays, name); err != nil {
			return err
		}
	}
	json := s.vm.Get("JSON").(*goja.Object)
	parse, _ := goja.AssertFunction(json.Get("parse"))
	return json.Set("parse", func(call goja.FunctionCall) goja.Value {
		text := call.Argument(0).String()
		if len(text) > maxJSON {
			panic(s.vm.NewTypeError(fmt.Sprintf("JSON.parse: more than %d bytes", maxJSON)))
		}
		v, err := parse(call.This, append([]goja.Value{s.vm.ToValue(text)}, call.Arguments[min(1, len(call.Arguments)):]...)...)
		if err != nil {
			panic(err)
		}
		return v
	})
}

func (s *sandbox) prototype(name string) *goja.Object {
	return s.vm.Get(name).(*goja.Object).Get("prototype").(*goja.Object)
}

// boundJoin makes a method of arrays that calls itself for arrays within give an empty
// string where they are nested too deep.
func (s *sandbox) boundJoin(arrays *goja.Object, name string) error {
	join, _ := goja.AssertFunction(arrays.Get(name))
	depth := 0
	return arrays.Set(name, func(call goja.FunctionCall) goja.Value {
		if list, ok := call.This.(*goja.Object); ok && list.Get("length") != nil && list.Get("length").ToInteger() > maxJoined {
			panic(s.vm.NewTypeError(fmt.Sprintf("%s: more than %d elements", name, maxJoined)))
		}
		if depth >= maxNesting {
			return s.vm.ToValue("")
		}
		depth++
		defer func() { depth-- }()
		v, err := join(call.This, call.Arguments...)
		if err != nil {
			panic(err)
		}
		return v
	})
}

// program is the script that runs a query inside the sandbox: its last value, which
// Cayley would export and drop, is kept from it, and what it throws is made safe.
const program = "isnadQuery()"

// prepare compiles a query for program to run.
func (s *sandbox) prepare(number uint8, text string) error {
	p, err := compileQuery(text)
	if err != nil {
		return err
	}
	s.vm.Set("isnadQuery", func(goja.FunctionCall) goja.Value {
		s.vm.Set("isnadQuery", goja.Undefined())
		var err error
		numbered(s.ctx, number, func() { _, err = s.vm.RunProgram(p) })
		if err != nil {
			panic(s.thrown(err))
		}
		return goja.Undefined()
	})
	return nil
}

// thrown returns what to throw for an error of the query: text, lest the value thrown be
// turned into text later, where nothing would end a method of the query's own.
func (s *sandbox) thrown(err error) any {
	ex, ok := err.(*goja.Exception)
	if !ok {
		return err
	}
	if obj, ok := ex.Value().(*goja.Object); ok && !native(obj) {
		if fault, ok := obj.Export().(error); ok {
			return s.vm.ToValue(fault)
		}
	}
	return s.vm.ToValue(errors.New(ex.Error()))
}

var (
	nativeObject = reflect.TypeFor[map[string]any]()
	nativeArray  = reflect.TypeFor[[]any]()
)

// native reports whether an object is the query's own, so that exporting it recurses.
func native(obj *goja.Object) bool {
	t := obj.ExportType()
	return t == nativeObject || t == nativeArray
}

// bounded returns the value as Go may hold it: objects and arrays of the query copied, so
// that nothing can change them on the way.
func (s *sandbox) bounded(v goja.Value) (goja.Value, error) {
	obj, ok := v.(*goja.Object)
	if !ok || s.inner[obj] != nil || !native(obj) {
		return v, nil
	}
	left := maxValues
	out, err := s.copied(obj, maxNesting, &left)
	if err != nil {
		return nil, err
	}
	return s.vm.ToValue(out), nil
}

func (s *sandbox) copied(v goja.Value, depth int, left *int) (any, error) {
	if *left--; *left < 0 {
		return nil, errValues
	}
	obj, ok := v.(*goja.Object)
	switch {
	case v == nil:
		return nil, nil
	case !ok:
		return v.Export(), nil
	case s.inner[obj] != nil:
		return s.inner[obj].Export(), nil
	case !native(obj):
		return obj.Export(), nil
	case depth == 0:
		return nil, errNesting
	case obj.ExportType() == nativeArray:
		n := obj.Get("length").ToInteger()
		if n > int64(*left) {
			return nil, errValues
		}
		list := make([]any, n)
		for i := range list {
			var err error
			if list[i], err = s.copied(obj.Get(fmt.Sprint(i)), depth-1, left); err != nil {
				return nil, err
			}
		}
		return list, nil
	}
	fields := map[string]any{}
	for _, key := range obj.Keys() {
		field, err := s.copied(obj.Get(key), depth-1, left)
		if err != nil {
			return nil, err
		}
		fields[key] = field
	}
	return fields, nil
}
