package main

import (
	"bytes"
	"strings"
	"testing"

	"isnad/schema"
)

// TestPretty shows brackets around mentions that nest and touch, and a relation
// with everything it can say.
func TestPretty(t *testing.T) {
	const text = "استقبل وزير خارجية المغرب ناصر بوريطة نظيره، وفق بيان."
	mention := func(words string) schema.Mention {
		at := strings.Index(text, words)
		if at < 0 {
			t.Fatalf("%q is not in the text", words)
		}
		return schema.Mention{Text: words, Span: schema.Span{Start: at, End: at + len(words)}}
	}
	published := "2022-05-10"
	r := &schema.Result{
		ID: "a.txt", Published: &published, Text: text,
		Entities: []schema.Entity{
			{ID: "e1", Type: schema.Organization, Name: "خارجية المغرب", Mentions: []schema.Mention{mention("خارجية المغرب")}},
			{ID: "e2", Type: schema.Country, Name: "المملكة المغربية", Mentions: []schema.Mention{mention("المغرب")}},
			{ID: "e3", Type: schema.Person, Name: "ناصر بوريطة", Mentions: []schema.Mention{mention("ناصر بوريطة"), mention("نظيره")}},
		},
		Relations: []schema.Relation{{
			S: "e3", P: "holdsPosition", O: schema.Object{Literal: &schema.Literal{Type: schema.Position, Value: "وزير خارجية المغرب"}},
			Status: schema.Asserted, Date: "2022", Place: "e2", Confidence: 0.9, Rule: "office/apposition",
			Evidence:    schema.Evidence(mention("وزير خارجية المغرب ناصر بوريطة")),
			Attribution: []schema.Attribution{{Text: "بيان", Verb: "وفق"}},
		}},
	}
	var out bytes.Buffer
	if err := (&app{out: &out}).printPretty(r); err != nil {
		t.Fatal(err)
	}
	const want = `== a.txt
published: 2022-05-10

استقبل وزير [e1 خارجية [e2 المغرب]] [e3 ناصر بوريطة] [e3 نظيره]، وفق بيان.

e1   Organization  خارجية المغرب
e2   Country       المملكة المغربية  (المغرب)
e3   Person        ناصر بوريطة  (نظيره)

ناصر بوريطة e3 | holdsPosition | وزير خارجية المغرب
     asserted, 2022, at المملكة المغربية e2, confidence 0.90, office/apposition, said by بيان وفق
     «وزير خارجية المغرب ناصر بوريطة»

`
	if got := out.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
