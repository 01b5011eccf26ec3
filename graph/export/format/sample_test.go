package format

import (
	"encoding/json"
	"strings"

	"isnad/schema"
)

// sampleArticle is an article whose document holds all that is hostile.
func sampleArticle(id string) *Article {
	document, err := json.Marshal(map[string]any{"id": id, "text": strings.Join(hostile, "\n")})
	if err != nil {
		panic(err)
	}
	return &Article{IRI: "isnad:article/" + id, ID: id, URL: "https://news.example/" + id + "?a=1&b=2", Title: "لقاء في «مراكش»", Publisher: "وكالة",
		Published: "2022-05-11", Language: "ar", Document: document}
}

// sampleGraph is a small graph of every kind of node and edge, written for people to read.
func sampleGraph() *Graph {
	const person, country, body, event, place = "isnad:person/", "isnad:country/", "isnad:organization/", "isnad:event/", "isnad:place/"
	ns := []*Node{
		{IRI: country + "المغرب", Class: schema.Country, Name: "المغرب", Latin: "Morocco", Other: []string{"الرباط", "المملكة"}, Articles: 4, Mentions: 11,
			First: "2022-05-11", Last: "2022-05-13"},
		{IRI: country + "توغو", Class: schema.Country, Name: "توغو", Latin: "Togo", Articles: 1, Mentions: 1, First: "2022-05-11", Last: "2022-05-11"},
		{IRI: event + "اجتماع_مراكش", Class: schema.Event, Name: "اجتماع مراكش", Articles: 2, Mentions: 5, First: "2022-05-11", Last: "2022-05-12"},
		{IRI: body + "وزارة_الصحة", Class: schema.Organization, Name: "وزارة الصحة", Countries: []string{"المغرب"}, Articles: 1, Mentions: 2, First: "2022-05", Last: "2022-05"},
		{IRI: person + "سامي_العلوي", Class: schema.Person, Name: "سامي العلوي", Latin: "Sami El Alaoui", Other: []string{"العلوي"},
			Offices: []string{"الوزير", "رئيس الوفد"}, Countries: []string{"المغرب"}, Articles: 3, Mentions: 9, First: "2022-05-11", Last: "2022-05-13"},
		{IRI: person + "ليلى_حداد", Class: schema.Person, Name: "ليلى حداد", Latin: "Leila Haddad", Articles: 1, Mentions: 1, First: "2022-05-11", Last: "2022-05-11"},
		{IRI: place + "مراكش", Class: schema.Place, Name: "مراكش", Latin: "Marrakech", Articles: 2, Mentions: 3, First: "2022-05-11", Last: "2022-05-12"},
	}
	said := func(quote, by, article string) Evidence {
		a := sampleArticle(article)
		return Evidence{Quote: quote, SaidBy: by, Article: a.ID, IRI: a.IRI, URL: a.URL, Title: a.Title, Publisher: a.Publisher, Published: a.Published}
	}
	met := []Evidence{said("التقى الوزير سامي العلوي نظيرته ليلى حداد", "", "a1"), said("أكد أنه التقاها", "سامي العلوي", "a2")}
	es := []*Edge{
		{Source: country + "المغرب", Target: event + "اجتماع_مراكش", Predicate: "hosted", Status: schema.Asserted, Date: "2022-05-11", Confidence: .95, Sources: 2, Evidence: met[:1]},
		{Source: country + "توغو", Target: event + "اجتماع_مراكش", Predicate: "participatedIn", Status: schema.Planned, Date: "2022-05", Confidence: .5, Sources: 1},
		{Source: event + "اجتماع_مراكش", Target: place + "مراكش", Predicate: "heldIn", Status: schema.Asserted, Date: "2022", Confidence: 1, Sources: 1},
		{Source: event + "اجتماع_مراكش", Value: "2022-05-11", ValueType: schema.Date, Predicate: "heldOn", Status: schema.Asserted, Confidence: .9, Sources: 1},
		{Source: person + "سامي_العلوي", Target: person + "ليلى_حداد", Predicate: "met", Undirected: true, Status: schema.Asserted, Date: "2022-05-11",
			Places: []string{"مراكش"}, Confidence: .87, Sources: 2, Evidence: met},
		{Source: person + "سامي_العلوي", Target: person + "ليلى_حداد", Predicate: "met", Undirected: true, Status: schema.Denied, Date: "2021", Confidence: .4, Sources: 1},
		{Source: person + "سامي_العلوي", Target: person + "سامي_العلوي", Predicate: "relatedTo", Status: schema.Asserted, Confidence: .3, Sources: 1},
		{Source: person + "سامي_العلوي", Target: body + "وزارة_الصحة", Predicate: "leads", Status: schema.Asserted, Confidence: .8, Sources: 1, Evidence: met[1:]},
		{Source: person + "سامي_العلوي", Value: "الوزير", ValueType: "Position", Predicate: "holdsPosition", Status: schema.Asserted, Confidence: .9, Sources: 3, Evidence: met},
	}
	for i, e := range es {
		e.IRI = "isnad:statement/" + string(rune('a'+i))
	}
	return newGraph(ns, es)
}
