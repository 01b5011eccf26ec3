package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// hostile fills a folder with one file for each way in which input is bad.
func hostile(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: hostile folder")
	}
	const sentence = "زار وزير الخارجية مدينة مراكش يوم الأربعاء، والتقى نظيره في مقر الوزارة. "
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	for i := range 200 {
		fmt.Fprintf(z, "%d %s", i*i*7919, sentence)
	}
	ts.Check(z.Close())
	dir := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(dir, 0o755))
	for name, data := range map[string]string{
		"empty.txt":        "",
		"binary.txt":       "\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\x3e\x00\x01\x00\x00\x00",
		"truncated.txt.gz": packed.String()[:packed.Len()/2],
		"english.txt":      strings.Repeat("The minister arrived in Marrakech on Wednesday and met his counterpart. ", 5),
		"encoding.txt":     "\xd2\xc7\xd1 \xe6\xd2\xed\xd1 \xc7\xe1\xce\xc7\xd1\xcc\xed\xc9\x81\x8d\x00\xff\xfe " + sentence,
		"huge.txt":         strings.Repeat(sentence, 60_000_000/len(sentence)),
		"deep.json":        strings.Repeat(`{"a":[`, 1_000_000),
		"broken.json":      `{"title": "خبر", "body": "` + sentence,
	} {
		ts.Check(os.WriteFile(filepath.Join(dir, name), []byte(data), 0o644))
	}
}

// writeArticles writes articles as JSON lines to a file: articles many.jsonl 400.
func writeArticles(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: articles file number")
	}
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Join(articleLines(n), "")), 0o644))
}

// articleLines returns n articles, each one line of JSON; they share people, places
// and days, so that later ones repeat what earlier ones said.
func articleLines(n int) []string {
	people := []string{"ناصر بوريطة", "أنتوني بلينكن", "سامح شكري", "جان إيف لودريان", "أيمن الصفدي"}
	cities := []string{"الرباط", "القاهرة", "باريس", "عمان"}
	lines := make([]string, n)
	for i := range lines {
		who, whom := people[i%5], people[(i+1+i/5%4)%5]
		lines[i] = fmt.Sprintf(`{"id":"n%d","title":"لقاء في %s","date":"2022-%02d-%02d","body":"التقى %s في %s %s، يوم %d من الشهر. وزار %s %s بعد ذلك، وصدر بيان رقم %d."}`+"\n",
			i, cities[i%4], 1+i%12, 1+i%28, who, cities[i%4], whom, 1+i%28, whom, cities[i/4%4], i)
	}
	return lines
}

// unprivileged runs a command that must exit with 1 as a user whom rights bind: root
// gives up the capabilities that overrule them.
func unprivileged(ts *testscript.TestScript, _ bool, args []string) {
	if os.Geteuid() == 0 {
		args = append([]string{"setpriv", "--bounding-set=-dac_override,-dac_read_search"}, args...)
	}
	exits(ts, false, append([]string{"1"}, args...))
}
