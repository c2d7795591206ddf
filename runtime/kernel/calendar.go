package kernel

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/conc-repl/conc-repl/lang"
)

// moment is what a struct of Date, Time, NaiveDateTime or DateTime says, in
// UTC; a Time is one of the day 0000-01-01. digits are how many decimals of a
// second are shown.
type moment struct {
	t      time.Time
	digits int
}

var (
	isoCalendar = module("Calendar.ISO")
	zoneUTC     = lang.Str("Etc/UTC")
)

// dayZero is the day on which a Time lies.
func dayZero(h, m, s, us int) time.Time { return time.Date(0, 1, 1, h, m, s, us*1000, time.UTC) }

func kvs(fields ...any) []lang.Value {
	out := []lang.Value{lang.K("calendar"), isoCalendar}
	for i := 0; i+1 < len(fields); i += 2 {
		out = append(out, lang.K(fields[i].(string)), fields[i+1].(lang.Value))
	}
	return out
}

func num(i int) lang.Value { return lang.Int(int64(i)) }

func (m moment) dateFields() []any {
	return []any{"year", num(m.t.Year()), "month", num(int(m.t.Month())), "day", num(m.t.Day())}
}

func (m moment) timeFields() []any {
	us := lang.Vec(num(m.t.Nanosecond()/1000), num(m.digits))
	return []any{"hour", num(m.t.Hour()), "minute", num(m.t.Minute()), "second", num(m.t.Second()), "microsecond", us}
}

func (m moment) date() lang.Value { return lang.Obj(newStruct("Date", kvs(m.dateFields()...)...)) }

func (m moment) time() lang.Value { return lang.Obj(newStruct("Time", kvs(m.timeFields()...)...)) }

func (m moment) naive() lang.Value {
	return lang.Obj(newStruct("NaiveDateTime", kvs(append(m.dateFields(), m.timeFields()...)...)...))
}

func (m moment) utc() lang.Value {
	zone := []any{"time_zone", zoneUTC, "zone_abbr", lang.Str("UTC"), "utc_offset", num(0), "std_offset", num(0)}
	return lang.Obj(newStruct("DateTime", kvs(append(append(m.dateFields(), m.timeFields()...), zone...)...)...))
}

// number reads a field that must be an integer.
func number(m *lang.Map, name string, ok *bool) int {
	v := m.GetKw(lang.InternKeyword("", name))
	if !v.IsFixed() {
		*ok = false
		return 0
	}
	return int(v.AsInt())
}

// momentOf reads the struct of a date, a time, or both.
func momentOf(m *lang.Map) (moment, bool) {
	ok := true
	year, month, day := 0, 1, 1
	if _, has := m.Get(lang.K("year")); has {
		year, month, day = number(m, "year", &ok), number(m, "month", &ok), number(m, "day", &ok)
	}
	h, mi, s, us, digits := 0, 0, 0, 0, 0
	if _, has := m.Get(lang.K("hour")); has {
		h, mi, s = number(m, "hour", &ok), number(m, "minute", &ok), number(m, "second", &ok)
		t, is := m.GetKw(lang.InternKeyword("", "microsecond")).Obj().(*lang.Vector)
		if !is || t.Len() != 2 || !t.Nth(0).IsFixed() || !t.Nth(1).IsFixed() {
			return moment{}, false
		}
		us, digits = int(t.Nth(0).AsInt()), int(t.Nth(1).AsInt())
	}
	return moment{time.Date(year, time.Month(month), day, h, mi, s, us*1000, time.UTC), digits}, ok
}

// momentArg gives argument i, a struct of one of some modules.
func momentArg(mod, fun string, args []lang.Value, i int, of ...string) moment {
	name, _ := structName(args[i])
	for _, want := range of {
		if name == want {
			if m, ok := momentOf(args[i].Obj().(*lang.Map)); ok {
				return m
			}
		}
	}
	noClause(mod, fun, args)
	return moment{}
}

func (m moment) dateString() string {
	y := m.t.Year()
	if y < 0 {
		return fmt.Sprintf("-%04d-%02d-%02d", -y, m.t.Month(), m.t.Day())
	}
	return fmt.Sprintf("%04d-%02d-%02d", y, m.t.Month(), m.t.Day())
}

func (m moment) timeString() string {
	s := fmt.Sprintf("%02d:%02d:%02d", m.t.Hour(), m.t.Minute(), m.t.Second())
	if m.digits > 0 {
		s += "." + fmt.Sprintf("%06d", m.t.Nanosecond()/1000)[:min(m.digits, 6)]
	}
	return s
}

// shown makes a text of a struct of the calendar.
func shown(f func(m moment) string) func(m *lang.Map) (string, bool) {
	return func(m *lang.Map) (string, bool) {
		t, ok := momentOf(m)
		return f(t), ok
	}
}

var (
	dateText     = shown(moment.dateString)
	timeText     = shown(moment.timeString)
	naiveText    = shown(func(m moment) string { return m.dateString() + " " + m.timeString() })
	dateTimeText = shown(func(m moment) string { return m.dateString() + " " + m.timeString() + "Z" })
)

// validDate makes a day, or reports that there is no such one.
func validDate(y, m, d int) (time.Time, bool) {
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	return t, m >= 1 && m <= 12 && d >= 1 && int(t.Month()) == m && y >= -9999 && y <= 9999
}

// readDate reads 2020-01-31.
func readDate(s string) (time.Time, string) {
	sign := 1
	if strings.HasPrefix(s, "-") || strings.HasPrefix(s, "+") {
		if s[0] == '-' {
			sign = -1
		}
		s = s[1:]
	}
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return time.Time{}, "invalid_format"
	}
	y, e1 := strconv.ParseUint(s[:4], 10, 32)
	m, e2 := strconv.ParseUint(s[5:7], 10, 32)
	d, e3 := strconv.ParseUint(s[8:], 10, 32)
	if e1 != nil || e2 != nil || e3 != nil {
		return time.Time{}, "invalid_format"
	}
	t, ok := validDate(sign*int(y), int(m), int(d))
	if !ok {
		return t, "invalid_date"
	}
	return t, ""
}

// readTime reads 10:20:30, with decimals if there are, and gives what follows.
func readTime(s string) (m moment, rest, problem string) {
	s = strings.TrimPrefix(s, "T")
	if len(s) < 8 || s[2] != ':' || s[5] != ':' {
		return m, "", "invalid_format"
	}
	h, e1 := strconv.ParseUint(s[:2], 10, 32)
	mi, e2 := strconv.ParseUint(s[3:5], 10, 32)
	sec, e3 := strconv.ParseUint(s[6:8], 10, 32)
	if e1 != nil || e2 != nil || e3 != nil {
		return m, "", "invalid_format"
	}
	if h > 23 || mi > 59 || sec > 59 {
		return m, "", "invalid_time"
	}
	rest = s[8:]
	us := 0
	if len(rest) > 1 && (rest[0] == '.' || rest[0] == ',') {
		n := 1
		for n < len(rest) && rest[n] >= '0' && rest[n] <= '9' {
			n++
		}
		decimals := rest[1:min(n, 7)]
		if decimals == "" {
			return m, "", "invalid_format"
		}
		m.digits = len(decimals)
		us, _ = strconv.Atoi((decimals + "000000")[:6])
		rest = rest[n:]
	}
	m.t = dayZero(int(h), int(mi), int(sec), us)
	return m, rest, ""
}

// readBoth reads a date, a T or a space, and a time; zoned wants a zone behind.
func readBoth(s string, zoned bool) (m moment, offset int, problem string) {
	at := strings.IndexAny(s, "T ")
	if at < 0 {
		return m, 0, "invalid_format"
	}
	d, problem := readDate(s[:at])
	if problem != "" {
		return m, 0, problem
	}
	m, rest, problem := readTime(s[at+1:])
	if problem != "" {
		return m, 0, problem
	}
	offset, ok := readZone(rest)
	switch {
	case zoned && rest == "":
		return m, 0, "missing_offset"
	case !ok:
		return m, 0, "invalid_format"
	}
	m.t = onDay(d, m.t)
	if zoned {
		m.t = m.t.Add(-time.Duration(offset) * time.Second)
	}
	return m, offset, ""
}

// readZone reads Z or +hh:mm, and gives seconds.
func readZone(s string) (int, bool) {
	if s == "" || s == "Z" || s == "z" {
		return 0, true
	}
	if len(s) != 6 || s[3] != ':' || s[0] != '+' && s[0] != '-' {
		return 0, false
	}
	h, e1 := strconv.ParseUint(s[1:3], 10, 32)
	m, e2 := strconv.ParseUint(s[4:], 10, 32)
	if e1 != nil || e2 != nil {
		return 0, false
	}
	n := int(h*3600 + m*60)
	if s[0] == '-' {
		n = -n
	}
	return n, true
}

// onDay gives the time of day of t on the day d.
func onDay(d, t time.Time) time.Time {
	return time.Date(d.Year(), d.Month(), d.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
}

// duration gives an amount of a unit; more decimals of a second are shown if
// the unit is finer.
func (m moment) plus(n int64, unit lang.Value) moment {
	per := perSecond(unit)
	switch {
	case per >= 1e6:
		m.digits = 6
	case per >= 1000:
		m.digits = max(m.digits, 3)
	}
	whole, part := n/per, n%per
	m.t = m.t.AddDate(0, 0, int(whole/86400)).Add(time.Duration(whole%86400)*time.Second + time.Duration(part)*time.Second/time.Duration(per))
	return m
}

// minus gives the time from b to a in a unit, cut towards zero.
func (m moment) minus(b moment, unit lang.Value) lang.Value {
	per := perSecond(unit)
	seconds := m.t.Unix() - b.t.Unix()
	nanos := int64(m.t.Nanosecond() - b.t.Nanosecond())
	if seconds > 0 && nanos < 0 {
		seconds, nanos = seconds-1, nanos+1e9
	} else if seconds < 0 && nanos > 0 {
		seconds, nanos = seconds+1, nanos-1e9
	}
	return lang.Norm(lang.AddP(lang.MulP(lang.Int(seconds), lang.Int(per)), lang.Int(nanos/max(1e9/per, 1))))
}

func inOrder(a, b moment) lang.Value {
	return lang.K([]string{"lt", "eq", "gt"}[a.t.Compare(b.t)+1])
}

// truncated cuts a time to :second, :millisecond or :microsecond.
func (m moment) truncated(unit lang.Value) moment {
	switch unit {
	case lang.K("second"):
		m.t, m.digits = m.t.Truncate(time.Second), 0
	case lang.K("millisecond"):
		m.t, m.digits = m.t.Truncate(time.Millisecond), min(m.digits, 3)
	}
	return m
}

// days counts the days from the start of 1970.
func (m moment) days() int64 {
	s := m.t.Unix()
	d := s / 86400
	if s%86400 < 0 {
		d--
	}
	return d
}
