package graph

import (
	"errors"
	"fmt"
	"reflect"
	"unicode"
	"unicode/utf8"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/parser"
)

// The parser and the compiler of the JavaScript engine recurse in Go, cannot be stopped,
// and take the square, or the cube, of what is bounded here.
const (
	maxQuery    = 16 << 10 // bytes of a query
	maxBrackets = 1000     // nested in a query
	maxColons   = 200      // of labels, keys and choices: a label within its like is an error that is long in telling
	maxSyntax   = 1000     // nested parts of the syntax tree, such as operators in a row
)

// compileQuery compiles a query, or says why not, in a time that its bounds keep short.
func compileQuery(text string) (p *goja.Program, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("compiling: %v", r)
		}
	}()
	switch {
	case len(text) > maxQuery:
		return nil, fmt.Errorf("the query is longer than %d bytes: ask in parts", maxQuery)
	case !utf8.ValidString(text):
		return nil, errors.New("the query is not UTF-8")
	case nesting(text) > maxBrackets:
		return nil, fmt.Errorf("the brackets of the query are nested more than %d deep", maxBrackets)
	case colons(text) > maxColons:
		return nil, fmt.Errorf("the query has more than %d labels or keys of objects: ask in parts", maxColons)
	}
	tree, err := parser.ParseFile(nil, "", text, 0)
	if err != nil {
		return nil, fmt.Errorf("SyntaxError: %w", err)
	}
	if deeper(reflect.ValueOf(tree.Body), maxSyntax) {
		return nil, fmt.Errorf("the operators or calls of the query are nested more than %d deep: write fewer in a row", maxSyntax)
	}
	return goja.CompileAST(tree, false)
}

// nesting returns how deep brackets are nested in a text, at most. It takes those within
// strings for brackets too: few do no harm, and many that close cost their length.
func nesting(text string) int {
	depth, deepest := 0, 0
	for _, c := range []byte(text) {
		switch c {
		case '(', '[', '{':
			depth++
			deepest = max(deepest, depth)
		case ')', ']', '}':
			depth = max(depth-1, 0)
		}
	}
	return deepest
}

// colons counts the colons of a text that may follow a label: not those of an IRI's prefix,
// the word of which stands right behind a bracket or quotation mark.
func colons(text string) int {
	n := 0
	var before, last rune // before the word at hand, and the last
	for _, c := range text {
		word := unicode.IsLetter(c) || unicode.IsDigit(c) || c == '_' || c == '$'
		if word && (unicode.IsLetter(last) || unicode.IsDigit(last) || last == '_' || last == '$') {
			last = c
			continue
		}
		if c == ':' && before != '<' && before != '"' && before != '\'' {
			n++
		}
		before, last = last, c
	}
	return n
}

// syntaxNode is a part of the syntax tree.
var syntaxNode = reflect.TypeFor[ast.Node]()

// deeper reports whether a part of the syntax tree has nodes nested more than so deep.
func deeper(v reflect.Value, limit int) bool {
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		if v.IsNil() {
			return false
		}
		if v.Kind() == reflect.Pointer && v.Type().Implements(syntaxNode) {
			limit--
		}
		return limit < 0 || deeper(v.Elem(), limit)
	case reflect.Slice:
		for i := range v.Len() {
			if deeper(v.Index(i), limit) {
				return true
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			// Declarations stand where they are made, too.
			if v.Type().Field(i).Name != "DeclarationList" && deeper(v.Field(i), limit) {
				return true
			}
		}
	}
	return false
}
