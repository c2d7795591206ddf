package kernel

import (
	"math/big"
	"os"
	"time"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// systemNatives are System, :os and the clocks and counters of :erlang.
func systemNatives() []*lang.Native {
	return []*lang.Native{
		{Name: "System/monotonic_time", Max: 1, Args: "unit \\\\ :native", Run: monotonic, Doc: "The time on a clock that never goes back, in a unit: :second, :millisecond, :microsecond, :nanosecond or parts per second."},
		{Name: "System/system_time", Max: 1, Args: "unit \\\\ :native", Run: wallTime, Doc: "The time since the start of 1970, in a unit."},
		{Name: "System/os_time", Max: 1, Args: "unit \\\\ :native", Run: wallTime, Doc: "The time since the start of 1970, in a unit."},
		{Name: "System/time_offset", Max: 1, Args: "unit \\\\ :native", Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			return inUnit(time.Duration(p.W.WallTime().UnixNano())-p.W.Now(), args)
		}, Doc: "How far the system's time is ahead of the monotonic one."},
		{Name: "System/convert_time_unit", Min: 3, Max: 3, Args: "time, from_unit, to_unit", Pure: convertUnit, Doc: "A time in another unit. System.convert_time_unit(1, :second, :millisecond) #=> 1000"},
		{Name: "System/unique_integer", Max: 1, Args: "modifiers \\\\ []", Run: uniqueInteger, Doc: "An integer that is not given again."},
		{Name: "System/get_env", Max: 2, Args: "varname, default \\\\ nil", Run: getEnv, Doc: "A variable of the environment, nil if it is not set; without a name all as a map."},
		{Name: "System/fetch_env", Min: 1, Max: 1, Args: "varname", Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			if s, found := os.LookupEnv(binaryArg("System", "fetch_env", args, 0)); found {
				return ok(lang.Str(s))
			}
			return errorAtom
		}, Doc: "{:ok, value} of a variable of the environment, or :error."},
		{Name: "System/fetch_env!", Min: 1, Max: 1, Args: "varname", Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			s, found := os.LookupEnv(binaryArg("System", "fetch_env!", args, 0))
			if !found {
				lang.RaiseReason(exceptionOf("System.EnvError", lang.K("env"), args[0]))
			}
			return lang.Str(s)
		}, Doc: "A variable of the environment; System.EnvError if it is not set."},
		{Name: "System/version", Args: "", Pure: func([]lang.Value) lang.Value { return lang.Str("1.14.0") }, Doc: "The version of Elixir that is followed. System.version() #=> \"1.14.0\""},
		{Name: "System/otp_release", Args: "", Pure: func([]lang.Value) lang.Value { return lang.Str("25") }, Doc: "The release of OTP that is followed. System.otp_release() #=> \"25\""},
		{Name: "System/schedulers", Args: "", Run: schedulers, Doc: "How many schedulers run processes."},
		{Name: "System/schedulers_online", Args: "", Run: schedulers, Doc: "How many schedulers run processes."},
		{Name: "System/cwd", Args: "", Run: workDir, Doc: "The working directory."},
		{Name: "System/cwd!", Args: "", Run: workDir, Doc: "The working directory."},
		{Name: "System/tmp_dir", Args: "", Run: func(*runtime.Process, []lang.Value) lang.Value { return lang.Str(os.TempDir()) }, Doc: "A directory for temporary files."},
		{Name: "System/tmp_dir!", Args: "", Run: func(*runtime.Process, []lang.Value) lang.Value { return lang.Str(os.TempDir()) }, Doc: "A directory for temporary files."},
		{Name: "System/user_home", Args: "", Run: userHome, Doc: "The user's home directory, nil if there is none."},
		{Name: "System/user_home!", Args: "", Run: userHome, Doc: "The user's home directory."},
		{Name: "System/endianness", Args: "", Pure: func([]lang.Value) lang.Value { return lang.K("little") }, Doc: "The order of bytes."},
		{Name: "System/system_info", Min: 1, Max: 1, Args: "item", Run: systemInfo, Doc: "Something about the system."},
		{Name: "erlang/monotonic_time", Max: 1, Args: "unit", Run: monotonic, Doc: "The time on a clock that never goes back, in a unit."},
		{Name: "erlang/system_time", Max: 1, Args: "unit", Run: wallTime, Doc: "The time since the start of 1970, in a unit."},
		{Name: "erlang/unique_integer", Max: 1, Args: "modifiers", Run: uniqueInteger, Doc: "An integer that is not given again."},
		{Name: "erlang/timestamp", Args: "", Run: timestamp, Doc: "{megaseconds, seconds, microseconds} since the start of 1970."},
		{Name: "erlang/now", Args: "", Run: timestamp, Doc: "{megaseconds, seconds, microseconds} since the start of 1970."},
		{Name: "erlang/convert_time_unit", Min: 3, Max: 3, Args: "time, from, to", Pure: convertUnit, Doc: "A time in another unit."},
		{Name: "os/system_time", Max: 1, Args: "unit", Run: wallTime, Doc: "The time since the start of 1970, in a unit."},
		{Name: "os/timestamp", Args: "", Run: timestamp, Doc: "{megaseconds, seconds, microseconds} since the start of 1970."},
		{Name: "os/type", Args: "", Pure: func([]lang.Value) lang.Value { return lang.Vec(lang.K("unix"), lang.K("linux")) }, Doc: "The kind of operating system."},
	}
}

// units are how many nanoseconds a unit of time has.
var units = map[string]int64{"second": 1e9, "seconds": 1e9, "millisecond": 1e6, "milliseconds": 1e6, "milli_seconds": 1e6,
	"microsecond": 1e3, "microseconds": 1e3, "micro_seconds": 1e3, "nanosecond": 1, "nanoseconds": 1, "nano_seconds": 1, "native": 1}

// perSecond gives how many of a unit make a second.
func perSecond(v lang.Value) int64 {
	if v.IsInt() && v.AsInt() > 0 {
		return v.AsInt()
	}
	if name, ok := lang.AtomName(v); ok {
		if n := units[name]; n > 0 {
			return 1e9 / n
		}
	}
	argumentError("unsupported time unit. Expected :second, :millisecond, :microsecond, :nanosecond, or a positive integer, got " + inspectPlain(nil, v))
	return 0
}

// inUnit gives a time in the unit of argument 0, nanoseconds if there is none.
func inUnit(d time.Duration, args []lang.Value) lang.Value {
	if len(args) == 0 {
		return lang.Int(int64(d))
	}
	return scale(lang.Int(int64(d)), 1e9, perSecond(args[0]))
}

// scale turns a time of so many units per second into another, rounded down.
func scale(v lang.Value, from, to int64) lang.Value {
	x := new(big.Int).Mul(lang.ToBig(v), big.NewInt(to))
	return lang.Norm(lang.Big(x.Div(x, big.NewInt(from))))
}

func convertUnit(args []lang.Value) lang.Value {
	if !lang.IsInteger(args[0]) {
		noClause("System", "convert_time_unit", args)
	}
	return scale(args[0], perSecond(args[1]), perSecond(args[2]))
}

// monotonicStart is the BEAM's: monotonic times are negative, as there.
const monotonicStart = -576460751 * time.Second

func monotonic(p *runtime.Process, args []lang.Value) lang.Value {
	return inUnit(monotonicStart+p.W.Now(), args)
}

func wallTime(p *runtime.Process, args []lang.Value) lang.Value {
	return inUnit(time.Duration(p.W.WallTime().UnixNano()), args)
}

func timestamp(p *runtime.Process, _ []lang.Value) lang.Value {
	us := p.W.WallTime().UnixMicro()
	return lang.Vec(lang.Int(us/1e12), lang.Int(us/1e6%1e6), lang.Int(us%1e6))
}

// uniqueInteger gives a number that is not given again: one that derives from the
// process and from what it has made so far, so that it is the same in whatever order
// processes run. Only with :monotonic do processes share a count, which is an operation.
func uniqueInteger(p *runtime.Process, args []lang.Value) lang.Value {
	lowest := int64(-1) << idBits
	if hasFlag(args, 0, "positive") {
		lowest = 0
	}
	if !hasFlag(args, 0, "monotonic") {
		return lang.Int(lowest + int64(p.NewID()>>(64-idBits)))
	}
	count := &stateOf(p.W).count
	return p.Perform(&runtime.Effect{Name: wordsUnique, On: []runtime.Access{{Entity: count, Mode: runtime.Write}},
		Do: func(w *runtime.World, p *runtime.Process) lang.Value {
			w.Touch(count)
			count.Val = lang.Int(count.Val.AsInt() + 1)
			v := lang.Int(lowest + count.Val.AsInt())
			w.Emit(runtime.Event{Kind: "count", Proc: p, Entity: count, Value: v})
			return v
		}})
}

// idBits is how many bits a unique integer has.
const idBits = 59

func getEnv(_ *runtime.Process, args []lang.Value) lang.Value {
	if len(args) == 0 {
		m := lang.EmptyErlangMap
		for _, kv := range os.Environ() {
			for i := 0; i < len(kv); i++ {
				if kv[i] == '=' {
					m = m.Assoc(lang.Str(kv[:i]), lang.Str(kv[i+1:]))
					break
				}
			}
		}
		return lang.Obj(m)
	}
	if s, found := os.LookupEnv(binaryArg("System", "get_env", args, 0)); found {
		return lang.Str(s)
	}
	return optional(args, 1, lang.Nil)
}

func schedulers(p *runtime.Process, _ []lang.Value) lang.Value {
	return lang.Int(int64(p.W.Options().Schedulers))
}

func userHome(*runtime.Process, []lang.Value) lang.Value {
	dir, err := os.UserHomeDir()
	if err != nil {
		return lang.Nil
	}
	return lang.Str(dir)
}

func workDir(*runtime.Process, []lang.Value) lang.Value {
	dir, err := os.Getwd()
	if err != nil {
		return lang.Nil
	}
	return lang.Str(dir)
}
