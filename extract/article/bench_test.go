package article

import (
	"fmt"
	"strings"
	"testing"
)

// BenchmarkWalk reads JSON lines; one iteration is an article of about 2 kB.
func BenchmarkWalk(b *testing.B) {
	paragraph := "التقى وزير النقل ووزيرة الطاقة صباح اليوم في تونس، وبحثا مشروع القطار السريع بين المدينتين."
	line := fmt.Sprintf(`{"id":"%%d","title":"لقاء الوزيرين","date":"2022-05-11T10:00:00Z","text":"%s"}`, strings.Repeat(paragraph+`\n`, 12))
	var in strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&in, line+"\n", i)
	}
	lines := in.String()
	b.SetBytes(int64(len(lines) / 1000))
	for n := 0; n < b.N; n += 1000 {
		for _, err := range Walk(b.Context(), []string{"-"}, Options{Stdin: strings.NewReader(lines)}) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkHTML reads one page of about 12 kB.
func BenchmarkHTML(b *testing.B) {
	page := `<html><head><title>لقاء الوزيرين</title></head><body><nav>` + strings.Repeat(`<a href="/x">قسم</a>`, 50) + `</nav><article><h1>لقاء الوزيرين</h1>` +
		strings.Repeat("<p>التقى وزير النقل ووزيرة الطاقة صباح اليوم في تونس، وبحثا مشروع القطار السريع بين المدينتين.</p>", 40) + `</article></body></html>`
	b.SetBytes(int64(len(page)))
	for b.Loop() {
		if _, err := parseHTML(page); err != nil {
			b.Fatal(err)
		}
	}
}
