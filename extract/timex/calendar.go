package timex

import (
	"fmt"
	"time"

	"github.com/hablullah/go-hijri"
)

// moment is a date truncated to what is known: zero fields are unknown.
type moment struct{ year, month, day int }

// String is ISO 8601, empty if not even the year is known
// or it has no four digits.
func (m moment) String() string {
	switch {
	case m.year < 1 || m.year > 9999:
		return ""
	case m.month == 0:
		return fmt.Sprintf("%04d", m.year)
	case m.day == 0:
		return fmt.Sprintf("%04d-%02d", m.year, m.month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", m.year, m.month, m.day)
}

// valid reports whether the known fields can be a date.
func (m moment) valid() bool {
	if m.month < 0 || m.month > 12 || m.day < 0 || m.day > 31 {
		return false
	}
	if m.day == 0 || m.month == 0 {
		return m.day == 0
	}
	year := m.year
	if year == 0 {
		year = 2000 // 29 February may be meant
	}
	return time.Date(year, time.Month(m.month), m.day, 0, 0, 0, 0, time.UTC).Day() == m.day
}

// parseISO reads a truncated ISO date; the zero moment if it is none.
func parseISO(s string) moment {
	var m moment
	layouts := map[int]string{4: "2006", 7: "2006-01", 10: "2006-01-02"}
	if len(s) > 10 {
		s = s[:10]
	}
	t, err := time.Parse(layouts[len(s)], s)
	if err != nil || s == "" {
		return m
	}
	m.year = t.Year()
	if len(s) >= 7 {
		m.month = int(t.Month())
	}
	if len(s) == 10 {
		m.day = t.Day()
	}
	return m
}

func (m moment) time() time.Time {
	return time.Date(m.year, time.Month(max(m.month, 1)), max(m.day, 1), 0, 0, 0, 0, time.UTC)
}

func momentOf(t time.Time) moment { return moment{t.Year(), int(t.Month()), t.Day()} }

// addDays returns m, a full date, moved by days.
func (m moment) addDays(days int) moment { return momentOf(m.time().AddDate(0, 0, days)) }

// The Umm al-Qura tables hold these years.
const firstHijri, lastHijri = 1357, 1499

// fromHijri converts a Hijri date. A month or a year gives its first and last day.
func fromHijri(m moment) (from, to moment, ok bool) {
	if m.year < firstHijri || m.year > lastHijri || m.day > 30 {
		return from, to, false
	}
	if m.day > 0 {
		return hijriDay(m.year, m.month, m.day), moment{}, true
	}
	if m.month > 0 {
		return hijriDay(m.year, m.month, 1), nextHijriMonth(m.year, m.month).addDays(-1), true
	}
	return hijriDay(m.year, 1, 1), hijriDay(m.year+1, 1, 1).addDays(-1), true
}

func nextHijriMonth(year, month int) moment {
	if month == 12 {
		return hijriDay(year+1, 1, 1)
	}
	return hijriDay(year, month+1, 1)
}

func hijriDay(year, month, day int) moment {
	d := hijri.UmmAlQuraDate{Year: int64(year), Month: int64(month), Day: int64(day)}
	return momentOf(d.ToGregorian())
}
