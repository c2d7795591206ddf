package kernel

import (
	"fmt"
	"strings"
	"time"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// The modules that have the parts of a function's argument.
var (
	withDate = []string{"Date", "NaiveDateTime", "DateTime"}
	withTime = []string{"Time", "NaiveDateTime", "DateTime"}
	withBoth = []string{"NaiveDateTime", "DateTime"}
)

// kindOf is one of the four modules: how its struct is made and read.
type kindOf struct {
	name  string
	parts []string // the modules whose structs its functions take
	make  func(moment) lang.Value
	read  func(s string) (moment, string) // and what is wrong with s
	word  string                          // for its errors
}

var (
	dateKind = kindOf{"Date", withDate, moment.date, func(s string) (moment, string) {
		t, problem := readDate(s)
		return moment{t: t}, problem
	}, "date"}
	timeKind = kindOf{"Time", withTime, moment.time, func(s string) (moment, string) {
		m, rest, problem := readTime(s)
		if _, ok := readZone(rest); problem == "" && !ok {
			problem = "invalid_format"
		}
		return m, problem
	}, "time"}
	naiveKind = kindOf{"NaiveDateTime", withBoth, moment.naive, func(s string) (moment, string) {
		m, _, problem := readBoth(s, false)
		return m, problem
	}, "naive datetime"}
	utcKind = kindOf{"DateTime", []string{"DateTime"}, moment.utc, func(s string) (moment, string) {
		m, _, problem := readBoth(s, true)
		return m, problem
	}, "datetime"}
)

func calendarNatives() []*lang.Native {
	var out []*lang.Native
	for _, k := range []kindOf{dateKind, timeKind, naiveKind, utcKind} {
		out = append(out, k.common()...)
	}
	return append(append(out, dateNatives()...), clockNatives()...)
}

// common are the functions that all four modules have.
func (k kindOf) common() []*lang.Native {
	arg := func(fun string, args []lang.Value, i int) moment { return momentArg(k.name, fun, args, i, k.parts...) }
	text := func(fun, sep string) pure {
		return func(args []lang.Value) lang.Value {
			m := arg(fun, args, 0)
			return lang.Str(k.text(m, sep))
		}
	}
	out := []*lang.Native{
		{Name: k.name + "/compare", Min: 2, Max: 2, Args: "left, right", Pure: func(args []lang.Value) lang.Value {
			return inOrder(k.only(arg("compare", args, 0)), k.only(arg("compare", args, 1)))
		}, Doc: ":lt, :eq or :gt, as left is before, with or after right."},
		{Name: k.name + "/to_string", Min: 1, Max: 1, Args: k.word, Pure: text("to_string", " "), Doc: "The text of a " + k.word + "."},
		{Name: k.name + "/to_iso8601", Min: 1, Max: 2, Args: k.word, Pure: text("to_iso8601", "T"), Doc: "A " + k.word + " as ISO 8601 writes it."},
		{Name: k.name + "/from_iso8601!", Min: 1, Max: 2, Args: "string", Pure: func(args []lang.Value) lang.Value {
			m, problem := k.read(binaryArg(k.name, "from_iso8601!", args, 0))
			if problem != "" {
				argumentError("cannot parse " + inspectPlain(nil, args[0]) + " as " + k.word + ", reason: :" + problem)
			}
			return k.make(m)
		}, Doc: "The " + k.word + " that a text of ISO 8601 says."},
	}
	if k.name != "DateTime" {
		out = append(out, &lang.Native{Name: k.name + "/from_iso8601", Min: 1, Max: 2, Args: "string", Pure: func(args []lang.Value) lang.Value {
			m, problem := k.read(binaryArg(k.name, "from_iso8601", args, 0))
			if problem != "" {
				return failed(lang.K(problem))
			}
			return ok(k.make(m))
		}, Doc: "{:ok, " + k.word + "} of a text of ISO 8601, or {:error, reason}."})
	}
	if k.name != "Date" {
		out = append(out, &lang.Native{Name: k.name + "/add", Min: 2, Max: 3, Args: k.word + ", amount, unit \\\\ :second", Pure: func(args []lang.Value) lang.Value {
			m := longUnit(arg("add", args, 0), intArg(k.name, "add", args, 1), optional(args, 2, lang.K("second")))
			return k.make(m)
		}, Doc: "A " + k.word + " so much later."},
			&lang.Native{Name: k.name + "/diff", Min: 2, Max: 3, Args: "left, right, unit \\\\ :second", Pure: func(args []lang.Value) lang.Value {
				return longDiff(k.only(arg("diff", args, 0)), k.only(arg("diff", args, 1)), optional(args, 2, lang.K("second")))
			}, Doc: "How much later left is than right, in a unit."},
			&lang.Native{Name: k.name + "/truncate", Min: 2, Max: 2, Args: k.word + ", precision", Pure: func(args []lang.Value) lang.Value {
				return k.make(arg("truncate", args, 0).truncated(args[1]))
			}, Doc: "A " + k.word + " without what is finer than :second, :millisecond or :microsecond."})
	}
	return out
}

// only gives the part of a moment that a module's structs have.
func (k kindOf) only(m moment) moment {
	switch k.name {
	case "Date":
		m.t = onDay(m.t, time.Time{})
	case "Time":
		m.t = onDay(dayZero(0, 0, 0, 0), m.t)
	}
	return m
}

func (k kindOf) text(m moment, sep string) string {
	switch k.name {
	case "Date":
		return m.dateString()
	case "Time":
		return m.timeString()
	case "DateTime":
		return m.dateString() + sep + m.timeString() + "Z"
	}
	return m.dateString() + sep + m.timeString()
}

// longUnits are the units of more than a second, which add and diff know too.
var longUnits = map[lang.Value]int64{lang.K("minute"): 60, lang.K("hour"): 3600, lang.K("day"): 86400}

func longUnit(m moment, n int64, unit lang.Value) moment {
	if k := longUnits[unit]; k > 0 {
		return m.plus(n*k, lang.K("second"))
	}
	return m.plus(n, unit)
}

func longDiff(a, b moment, unit lang.Value) lang.Value {
	if k := longUnits[unit]; k > 0 {
		return lang.Quot(a.minus(b, lang.K("second")), lang.Int(k))
	}
	return a.minus(b, unit)
}

// anyDate gives argument i, anything that has a date.
func anyDate(fun string, args []lang.Value, i int) moment {
	return momentArg("Date", fun, args, i, withDate...)
}

func dateNatives() []*lang.Native {
	return []*lang.Native{
		{Name: "Date/new", Min: 3, Max: 4, Args: "year, month, day", Pure: func(args []lang.Value) lang.Value {
			t, valid := newDate("new", args)
			if !valid {
				return failed(lang.K("invalid_date"))
			}
			return ok(moment{t: t}.date())
		}, Doc: "{:ok, date}, or {:error, :invalid_date}. Date.new(2024, 2, 29) #=> {:ok, ~D[2024-02-29]}"},
		{Name: "Date/new!", Min: 3, Max: 4, Args: "year, month, day", Pure: func(args []lang.Value) lang.Value {
			t, valid := newDate("new!", args)
			if !valid {
				argumentError("cannot build date, reason: :invalid_date")
			}
			return moment{t: t}.date()
		}, Doc: "A date. Date.new!(2024, 2, 29) #=> ~D[2024-02-29]"},
		{Name: "Date/add", Min: 2, Max: 2, Args: "date, days", Pure: func(args []lang.Value) lang.Value {
			return moment{t: anyDate("add", args, 0).t.AddDate(0, 0, int(intArg("Date", "add", args, 1)))}.date()
		}, Doc: "A date so many days later. Date.add(~D[2024-02-28], 2) #=> ~D[2024-03-01]"},
		{Name: "Date/diff", Min: 2, Max: 2, Args: "date1, date2", Pure: func(args []lang.Value) lang.Value {
			return lang.Int(anyDate("diff", args, 0).days() - anyDate("diff", args, 1).days())
		}, Doc: "How many days date1 is later than date2. Date.diff(~D[2024-03-01], ~D[2024-02-28]) #=> 2"},
		{Name: "Date/day_of_week", Min: 1, Max: 2, Args: "date", Pure: func(args []lang.Value) lang.Value {
			return num((int(anyDate("day_of_week", args, 0).t.Weekday())+6)%7 + 1)
		}, Doc: "The day of the week, 1 for Monday. Date.day_of_week(~D[2024-01-01]) #=> 1"},
		{Name: "Date/day_of_year", Min: 1, Max: 1, Args: "date", Pure: func(args []lang.Value) lang.Value {
			return num(anyDate("day_of_year", args, 0).t.YearDay())
		}, Doc: "The day of the year from 1. Date.day_of_year(~D[2024-02-01]) #=> 32"},
		{Name: "Date/days_in_month", Min: 1, Max: 1, Args: "date", Pure: func(args []lang.Value) lang.Value {
			return num(monthEnd(anyDate("days_in_month", args, 0).t).Day())
		}, Doc: "How many days the month has. Date.days_in_month(~D[2024-02-01]) #=> 29"},
		{Name: "Date/months_in_year", Min: 1, Max: 1, Args: "date", Pure: func([]lang.Value) lang.Value { return num(12) }, Doc: "How many months the year has. Date.months_in_year(~D[2024-02-01]) #=> 12"},
		{Name: "Date/leap_year?", Min: 1, Max: 1, Args: "date", Pure: func(args []lang.Value) lang.Value {
			return lang.Bool(time.Date(anyDate("leap_year?", args, 0).t.Year(), 12, 31, 0, 0, 0, 0, time.UTC).YearDay() == 366)
		}, Doc: "Whether the year is a leap year. Date.leap_year?(~D[2024-02-01]) #=> true"},
		{Name: "Date/beginning_of_month", Min: 1, Max: 1, Args: "date", Pure: func(args []lang.Value) lang.Value {
			t := anyDate("beginning_of_month", args, 0).t
			return moment{t: t.AddDate(0, 0, 1-t.Day())}.date()
		}, Doc: "The first day of the month. Date.beginning_of_month(~D[2024-02-10]) #=> ~D[2024-02-01]"},
		{Name: "Date/end_of_month", Min: 1, Max: 1, Args: "date", Pure: func(args []lang.Value) lang.Value {
			return moment{t: monthEnd(anyDate("end_of_month", args, 0).t)}.date()
		}, Doc: "The last day of the month. Date.end_of_month(~D[2024-02-10]) #=> ~D[2024-02-29]"},
		{Name: "Date/utc_today", Max: 1, Args: "", Run: func(p *runtime.Process, _ []lang.Value) lang.Value { return moment{t: p.W.WallTime().UTC()}.date() }, Doc: "The date of today."},
		{Name: "Date/to_erl", Min: 1, Max: 1, Args: "date", Pure: func(args []lang.Value) lang.Value {
			t := anyDate("to_erl", args, 0).t
			return lang.Vec(num(t.Year()), num(int(t.Month())), num(t.Day()))
		}, Doc: "{year, month, day}. Date.to_erl(~D[2024-01-02]) #=> {2024, 1, 2}"},
		{Name: "Date/from_erl!", Min: 1, Max: 2, Args: "tuple", Pure: func(args []lang.Value) lang.Value {
			t, valid := newDate("from_erl!", tupleArg(args[0]).AppendTo(nil))
			if !valid {
				argumentError("cannot convert " + inspectPlain(nil, args[0]) + " to date, reason: :invalid_date")
			}
			return moment{t: t}.date()
		}, Doc: "The date of {year, month, day}. Date.from_erl!({2024, 1, 2}) #=> ~D[2024-01-02]"},
		{Name: "Date/from_erl", Min: 1, Max: 2, Args: "tuple", Pure: func(args []lang.Value) lang.Value {
			t, valid := newDate("from_erl", tupleArg(args[0]).AppendTo(nil))
			return built(moment{t: t}.date(), valid, "invalid_date", "date", false)
		}, Doc: "{:ok, date} of {year, month, day}, or {:error, :invalid_date}."},
		{Name: "Calendar.ISO/days_in_month", Min: 2, Max: 2, Args: "year, month", Pure: func(args []lang.Value) lang.Value {
			y, m := intArg("Calendar.ISO", "days_in_month", args, 0), intArg("Calendar.ISO", "days_in_month", args, 1)
			return num(monthEnd(time.Date(int(y), time.Month(m), 1, 0, 0, 0, 0, time.UTC)).Day())
		}, Doc: "How many days a month has. Calendar.ISO.days_in_month(2024, 2) #=> 29"},
		{Name: "Calendar/strftime", Min: 2, Max: 3, Args: "date_or_time, string_format", Pure: strftime, Doc: "A date or time as a format says. Calendar.strftime(~D[2024-01-02], \"%d.%m.%Y\") #=> \"02.01.2024\""},
	}
}

func newDate(fun string, args []lang.Value) (time.Time, bool) {
	y, m, d := intArg("Date", fun, args, 0), intArg("Date", fun, args, 1), intArg("Date", fun, args, 2)
	return validDate(int(y), int(m), int(d))
}

func monthEnd(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month()+1, 0, 0, 0, 0, 0, time.UTC)
}

// newTime reads hour, minute, second and microsecond from args[i:].
func newTime(mod, fun string, args []lang.Value, i int) (moment, bool) {
	h, m, s := intArg(mod, fun, args, i), intArg(mod, fun, args, i+1), intArg(mod, fun, args, i+2)
	us, digits := int64(0), 0
	if len(args) > i+3 {
		switch v := args[i+3]; {
		case v.IsInt():
			us, digits = v.AsInt(), 6
		case isTuple(v) && v.Obj().(*lang.Vector).Len() == 2:
			t := v.Obj().(*lang.Vector)
			us, digits = t.Nth(0).AsInt(), int(t.Nth(1).AsInt())
		}
	}
	valid := h >= 0 && h < 24 && m >= 0 && m < 60 && s >= 0 && s < 60 && us >= 0 && us < 1e6 && digits >= 0 && digits <= 6
	return moment{dayZero(int(h), int(m), int(s), int(us)), digits}, valid
}

// built gives what new gives of a struct, or of what is wrong; with ! it raises.
func built(v lang.Value, valid bool, problem, word string, raise bool) lang.Value {
	switch {
	case valid && raise:
		return v
	case valid:
		return ok(v)
	case raise:
		argumentError("cannot build " + word + ", reason: :" + problem)
	}
	return failed(lang.K(problem))
}

// newNaive makes NaiveDateTime.new of six or seven numbers, or a date and a time.
func newNaive(raise bool) pure {
	return func(args []lang.Value) lang.Value {
		if len(args) == 2 {
			d, t := momentArg("NaiveDateTime", "new", args, 0, "Date"), momentArg("NaiveDateTime", "new", args, 1, "Time")
			return built(moment{onDay(d.t, t.t), t.digits}.naive(), true, "", "", raise)
		}
		if len(args) < 6 {
			noClause("NaiveDateTime", "new", args)
		}
		d, valid := newDate("new", args)
		if !valid {
			return built(lang.Nil, false, "invalid_date", "naive datetime", raise)
		}
		t, valid := newTime("NaiveDateTime", "new", args, 3)
		return built(moment{onDay(d, t.t), t.digits}.naive(), valid, "invalid_time", "naive datetime", raise)
	}
}

func newUTC(raise bool) pure {
	return func(args []lang.Value) lang.Value {
		d, t := momentArg("DateTime", "new", args, 0, "Date"), momentArg("DateTime", "new", args, 1, "Time")
		return built(moment{onDay(d.t, t.t), t.digits}.utc(), true, "", "", raise)
	}
}

// clock makes a function that tells the time, with microseconds or cut to a unit.
func clock(make func(moment) lang.Value) run {
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		m := moment{p.W.WallTime().UTC().Truncate(time.Microsecond), 6}
		if len(args) > 0 && isAtom(args[0]) {
			m = m.truncated(args[0])
		}
		return make(m)
	}
}

// part makes a function that gives the date or the time of both.
func part(mod, fun string, make func(moment) lang.Value) pure {
	return func(args []lang.Value) lang.Value { return make(momentArg(mod, fun, args, 0, withBoth...)) }
}

func clockNatives() []*lang.Native {
	return []*lang.Native{
		{Name: "Time/new", Min: 3, Max: 5, Args: "hour, minute, second, microsecond \\\\ {0, 0}", Pure: func(args []lang.Value) lang.Value {
			m, valid := newTime("Time", "new", args, 0)
			return built(m.time(), valid, "invalid_time", "time", false)
		}, Doc: "{:ok, time}, or {:error, :invalid_time}. Time.new(10, 0, 0) #=> {:ok, ~T[10:00:00]}"},
		{Name: "Time/new!", Min: 3, Max: 5, Args: "hour, minute, second, microsecond \\\\ {0, 0}", Pure: func(args []lang.Value) lang.Value {
			m, valid := newTime("Time", "new!", args, 0)
			return built(m.time(), valid, "invalid_time", "time", true)
		}, Doc: "A time. Time.new!(10, 0, 0) #=> ~T[10:00:00]"},
		{Name: "Time/utc_now", Max: 1, Args: "", Run: clock(moment.time), Doc: "The time of day."},
		{Name: "NaiveDateTime/new", Min: 2, Max: 8, Args: "year, month, day, hour, minute, second, microsecond \\\\ {0, 0}", Pure: newNaive(false), Doc: "{:ok, naive_datetime} of numbers, or of a date and a time."},
		{Name: "NaiveDateTime/new!", Min: 2, Max: 8, Args: "year, month, day, hour, minute, second, microsecond \\\\ {0, 0}", Pure: newNaive(true), Doc: "A date and time of numbers, or of a date and a time."},
		{Name: "NaiveDateTime/utc_now", Max: 1, Args: "", Run: clock(moment.naive), Doc: "The date and time."},
		{Name: "NaiveDateTime/local_now", Max: 1, Args: "", Run: func(p *runtime.Process, _ []lang.Value) lang.Value {
			return moment{t: p.W.WallTime().UTC().Truncate(time.Second)}.naive()
		}, Doc: "The date and time, in UTC."},
		{Name: "NaiveDateTime/to_erl", Min: 1, Max: 1, Args: "naive_datetime", Pure: func(args []lang.Value) lang.Value {
			m := momentArg("NaiveDateTime", "to_erl", args, 0, withBoth...)
			return lang.Vec(lang.Vec(num(m.t.Year()), num(int(m.t.Month())), num(m.t.Day())), m.clockTuple())
		}, Doc: "{{year, month, day}, {hour, minute, second}} of a date and time."},
		{Name: "NaiveDateTime/from_erl!", Min: 1, Max: 3, Args: "tuple", Pure: func(args []lang.Value) lang.Value {
			both := tupleArg(args[0])
			parts := append(tupleArg(both.Nth(0)).AppendTo(nil), tupleArg(both.Nth(1)).AppendTo(nil)...)
			return newNaive(true)(parts)
		}, Doc: "The date and time of {{year, month, day}, {hour, minute, second}}."},
		{Name: "Time/to_erl", Min: 1, Max: 1, Args: "time", Pure: func(args []lang.Value) lang.Value {
			return momentArg("Time", "to_erl", args, 0, withTime...).clockTuple()
		}, Doc: "{hour, minute, second} of a time."},
		{Name: "Time/from_erl!", Min: 1, Max: 3, Args: "tuple", Pure: func(args []lang.Value) lang.Value {
			m, valid := newTime("Time", "from_erl!", tupleArg(args[0]).AppendTo(nil), 0)
			return built(m.time(), valid, "invalid_time", "time", true)
		}, Doc: "The time of {hour, minute, second}."},
		{Name: "NaiveDateTime/to_date", Min: 1, Max: 1, Args: "naive_datetime", Pure: part("NaiveDateTime", "to_date", moment.date), Doc: "The date of a date and time."},
		{Name: "NaiveDateTime/to_time", Min: 1, Max: 1, Args: "naive_datetime", Pure: part("NaiveDateTime", "to_time", moment.time), Doc: "The time of a date and time."},
		{Name: "DateTime/utc_now", Max: 1, Args: "", Run: clock(moment.utc), Doc: "The date and time in UTC."},
		{Name: "DateTime/now", Min: 1, Max: 2, Args: "time_zone", Run: clock(func(m moment) lang.Value { return ok(m.utc()) }), Doc: "{:ok, datetime}; UTC is the one zone."},
		{Name: "DateTime/now!", Min: 1, Max: 2, Args: "time_zone", Run: func(p *runtime.Process, _ []lang.Value) lang.Value { return clock(moment.utc)(p, nil) }, Doc: "The date and time; UTC is the one zone."},
		{Name: "DateTime/new", Min: 2, Max: 4, Args: "date, time, time_zone \\\\ \"Etc/UTC\"", Pure: newUTC(false), Doc: "{:ok, datetime} of a date and a time in UTC."},
		{Name: "DateTime/new!", Min: 2, Max: 4, Args: "date, time, time_zone \\\\ \"Etc/UTC\"", Pure: newUTC(true), Doc: "A date and time in UTC of a date and a time."},
		{Name: "DateTime/from_naive!", Min: 2, Max: 3, Args: "naive_datetime, time_zone", Pure: part("DateTime", "from_naive!", moment.utc), Doc: "A date and time in UTC."},
		{Name: "DateTime/to_date", Min: 1, Max: 1, Args: "datetime", Pure: part("DateTime", "to_date", moment.date), Doc: "The date of a date and time."},
		{Name: "DateTime/to_time", Min: 1, Max: 1, Args: "datetime", Pure: part("DateTime", "to_time", moment.time), Doc: "The time of a date and time."},
		{Name: "DateTime/to_naive", Min: 1, Max: 1, Args: "datetime", Pure: part("DateTime", "to_naive", moment.naive), Doc: "A date and time without its zone."},
		{Name: "DateTime/from_iso8601", Min: 1, Max: 2, Args: "string", Pure: func(args []lang.Value) lang.Value {
			m, offset, problem := readBoth(binaryArg("DateTime", "from_iso8601", args, 0), true)
			if problem != "" {
				return failed(lang.K(problem))
			}
			return lang.Vec(okAtom, m.utc(), num(offset))
		}, Doc: "{:ok, datetime, offset} of a text of ISO 8601, or {:error, reason}."},
		{Name: "DateTime/from_unix", Min: 1, Max: 3, Args: "integer, unit \\\\ :second", Pure: func(args []lang.Value) lang.Value { return ok(fromUnix("from_unix", args)) }, Doc: "{:ok, datetime} of the time since the start of 1970."},
		{Name: "DateTime/from_unix!", Min: 1, Max: 3, Args: "integer, unit \\\\ :second", Pure: func(args []lang.Value) lang.Value { return fromUnix("from_unix!", args) }, Doc: "The date and time of the time since the start of 1970. DateTime.from_unix!(0) #=> ~U[1970-01-01 00:00:00Z]"},
		{Name: "DateTime/to_unix", Min: 1, Max: 2, Args: "datetime, unit \\\\ :second", Pure: func(args []lang.Value) lang.Value {
			return momentArg("DateTime", "to_unix", args, 0, withBoth...).minus(moment{t: time.Unix(0, 0)}, optional(args, 1, lang.K("second")))
		}, Doc: "The time since the start of 1970. DateTime.to_unix(~U[1970-01-01 00:01:00Z]) #=> 60"},
	}
}

// clockTuple gives {hour, minute, second}.
func (m moment) clockTuple() lang.Value {
	return lang.Vec(num(m.t.Hour()), num(m.t.Minute()), num(m.t.Second()))
}

func fromUnix(fun string, args []lang.Value) lang.Value {
	n := intArg("DateTime", fun, args, 0)
	return moment{t: time.Unix(0, 0).UTC()}.plus(n, optional(args, 1, lang.K("second"))).utc()
}

// strftimeParts are the directives of strftime.
var strftimeParts = map[byte]func(m moment) string{
	'Y': func(m moment) string { return fmt.Sprintf("%04d", m.t.Year()) }, 'y': func(m moment) string { return fmt.Sprintf("%02d", m.t.Year()%100) },
	'm': func(m moment) string { return fmt.Sprintf("%02d", m.t.Month()) }, 'd': func(m moment) string { return fmt.Sprintf("%02d", m.t.Day()) },
	'H': func(m moment) string { return fmt.Sprintf("%02d", m.t.Hour()) }, 'I': func(m moment) string { return m.t.Format("03") },
	'M': func(m moment) string { return fmt.Sprintf("%02d", m.t.Minute()) }, 'S': func(m moment) string { return fmt.Sprintf("%02d", m.t.Second()) },
	'f': func(m moment) string {
		return fmt.Sprintf("%06d", m.t.Nanosecond()/1000)[:max(m.digits, 1)]
	},
	'B': func(m moment) string { return m.t.Month().String() }, 'b': func(m moment) string { return m.t.Format("Jan") },
	'A': func(m moment) string { return m.t.Weekday().String() }, 'a': func(m moment) string { return m.t.Format("Mon") },
	'p': func(m moment) string { return m.t.Format("PM") }, 'P': func(m moment) string { return strings.ToLower(m.t.Format("PM")) },
	'j': func(m moment) string { return fmt.Sprintf("%03d", m.t.YearDay()) }, 'u': func(m moment) string { return fmt.Sprint((int(m.t.Weekday())+6)%7 + 1) },
	'q': func(m moment) string { return fmt.Sprint((int(m.t.Month())-1)/3 + 1) }, 'z': func(moment) string { return "+0000" }, 'Z': func(moment) string { return "UTC" },
	'c': func(m moment) string { return m.dateString() + " " + m.t.Format("15:04:05") }, 'x': moment.dateString, 'X': func(m moment) string { return m.t.Format("15:04:05") },
	'%': func(moment) string { return "%" },
}

func strftime(args []lang.Value) lang.Value {
	m := momentArg("Calendar", "strftime", args, 0, "Date", "Time", "NaiveDateTime", "DateTime")
	f := binaryArg("Calendar", "strftime", args, 1)
	var b strings.Builder
	for i := 0; i < len(f); i++ {
		if f[i] != '%' || i+1 == len(f) {
			b.WriteByte(f[i])
			continue
		}
		i++
		bare := f[i] == '-' && i+1 < len(f)
		if bare {
			i++
		}
		part := strftimeParts[f[i]]
		if part == nil {
			argumentError("invalid strftime format: %" + f[i:i+1])
		}
		s := part(m)
		if bare {
			if s = strings.TrimLeft(s, "0"); s == "" {
				s = "0"
			}
		}
		b.WriteString(s)
	}
	return lang.Str(b.String())
}
