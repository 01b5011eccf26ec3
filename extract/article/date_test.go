package article

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// TestMonthsOfRunningText holds the months of date lines to those of running text.
// They are two files because package timex builds on this one.
func TestMonthsOfRunningText(t *testing.T) {
	data, err := os.ReadFile("../timex/data/months.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range dataLines(string(data)) {
		names := strings.Fields(line)
		month, names := names[0], names[1:]
		for _, name := range names {
			name = strings.NewReplacer("_", " ", "*", "").Replace(name)
			if got, want := parseDate("5 "+name+" 2020"), fmt.Sprintf("2020-%02s-05", month); got != want {
				t.Errorf("5 %s 2020 reads as %q, want %q", name, got, want)
			}
		}
	}
}

func TestParseDate(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"2021-05-20T15:30:55+00:00", "2021-05-20"},
		{"2017-01-20T21:43:00+01:00", "2017-01-20"},
		{"2020-01-10T08:00:00.123Z", "2020-01-10"},
		{"2015-07-21 02:54:33", "2015-07-21"},
		{"Fri, 11 Aug 2017 15:25:39 GMT", "2017-08-11"},
		{"Mon, 09 Mar 2026 05:45:01 +0300", "2026-03-09"},
		{"الجمعة 10 يناير 2020 - 18:34", "2020-01-10"},
		{"الجمعة 02 أكتوبر 2020 - 16:00", "2020-10-02"},
		{"4 نونبر 2024", "2024-11-04"},
		{"20-يوليو-2012", "2012-07-20"},
		{"٢١ تموز/يوليو ٢٠١٥", "2015-07-21"},
		{"16 يونيو/ حزيران 2022", "2022-06-16"},
		{"3 كانون الثاني 2019", "2019-01-03"},
		{"3 كانون الأول (ديسمبر) 2019", "2019-12-03"},
		{"الخميس 26 جويلية 2012", "2012-07-26"},
		{"9 أوت 2021", "2021-08-09"},
		{"8 يوليوز 2019", "2019-07-08"},
		{"25 شتنبر 2014", "2014-09-25"},
		{"نشر في: 12/05/2022 - 14:49", "2022-05-12"},
		{"آخر تحديث: الأربعاء، 11 أيار 2022 الساعة 10:00 بتوقيت غرينتش", "2022-05-11"},
		{"26 شوال 1436 هـ الموافق 11 اغسطس 2015 م", "2015-08-11"},
		{"03/07/2016", "2016-07-03"},
		{"07/23/2016", "2016-07-23"},
		{"23 - 09 - 2012", "2012-09-23"},
		{"August 11, 2017", "2017-08-11"},
		{"مارس 2018", "2018-03"},
		{"2014-09", "2014-09"},
		{"2019", "2019"},
		{"20150721", "2015-07-21"},

		{"", ""},
		{"أمس", ""},
		{"2019 (inferred)", ""},
		{"31/02/2020", ""},
		{"12 مايو", ""},
		{"25 شوال 1443", ""},
		{"18:34", ""},
		{"عقد الاجتماع في 12 مايو 2022", ""},
		{"2012-13-45", ""},
		{"12/05/22", ""},
	} {
		if got := parseDate(c.in); got != c.want {
			t.Errorf("parseDate(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestURLDate(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"https://example.org/2022/05/11/story", "2022-05-11"},
		{"https://example.org/politics/2024/4/13/story", "2024-04-13"},
		{"https://example.org/news/2020-06-03-1.3874341", "2020-06-03"},
		{"https://example.org/2022/05/story", "2022-05"},
		{"https://example.org/2022/13/45/story", ""},
		{"https://example.org/article/164913/1", ""},
	} {
		if got := urlDate(c.in); got != c.want {
			t.Errorf("urlDate(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func FuzzParseDate(f *testing.F) {
	f.Add("الجمعة 10 يناير 2020 - 18:34")
	f.Add("Fri, 11 Aug 2017 15:25:39 GMT")
	f.Add("26 شوال 1436 هـ الموافق 11 اغسطس 2015 م")
	f.Fuzz(func(t *testing.T, s string) {
		d := parseDate(s)
		if d != "" && parseDate(d) != d {
			t.Errorf("parseDate(%q) = %q, which does not read as itself", s, d)
		}
	})
}
