package format

import (
	"strconv"

	"isnad/schema"
)

// source returns the article's address, else its id.
func (v *Evidence) source() string {
	if v.URL != "" {
		return v.URL
	}
	return v.Article
}

// shownStatus returns the status where it needs to be told: unless it is asserted.
func (e *Edge) shownStatus() string {
	if e.Status == schema.Asserted {
		return ""
	}
	return string(e.Status)
}

// span returns the first and the last day of a truncated ISO date, or "".
func span(date string) (first, last string) {
	switch len(date) {
	case len("2006"):
		return date + "-01-01", date + "-12-31"
	case len("2006-01"):
		month, err := strconv.Atoi(date[5:])
		year, err2 := strconv.Atoi(date[:4])
		if err != nil || err2 != nil {
			return "", ""
		}
		return date + "-01", date + "-" + strconv.Itoa(daysIn(year, month))
	case len("2006-01-02"):
		return date, date
	}
	if len(date) > len("2006-01-02") {
		return date[:10], date[:10]
	}
	return "", ""
}

func daysIn(year, month int) int {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}
