package kernel

import (
	"hash/crc32"
	"math"
	"strconv"
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// erlangNatives are functions of :erlang that are not about processes.
func erlangNatives() []*lang.Native {
	return []*lang.Native{
		{Name: "erlang/element", Min: 2, Max: 2, Args: "n, tuple", Pure: func(args []lang.Value) lang.Value {
			tupleIndex(args[1], args[0], 0, 1)
			return args[1].Obj().(*lang.Vector).Nth(int(args[0].AsInt()) - 1)
		}, Doc: "The element of a tuple at an index from 1. :erlang.element(1, {:a}) #=> :a"},
		{Name: "erlang/setelement", Min: 3, Max: 3, Args: "index, tuple, value", Pure: func(args []lang.Value) lang.Value {
			tupleIndex(args[1], args[0], 0, 1)
			return lang.Obj(args[1].Obj().(*lang.Vector).Assoc(int(args[0].AsInt())-1, args[2]))
		}, Doc: "A tuple with another element at an index from 1. :erlang.setelement(1, {:a}, :b) #=> {:b}"},
		{Name: "erlang/tuple_to_list", Min: 1, Max: 1, Args: "tuple", Pure: one(func(v lang.Value) lang.Value { return list(tupleArg(v).AppendTo(nil)) }), Doc: "The elements of a tuple. :erlang.tuple_to_list({1, 2}) #=> [1, 2]"},
		{Name: "erlang/list_to_tuple", Min: 1, Max: 1, Seqs: arg0, Args: "list", Pure: one(func(v lang.Value) lang.Value { return lang.Vec(erlangList(v)...) }), Doc: "A tuple of the elements of list. :erlang.list_to_tuple([1, 2]) #=> {1, 2}"},
		{Name: "erlang/make_tuple", Min: 2, Max: 2, Args: "arity, value", Pure: func(args []lang.Value) lang.Value {
			vs := make([]lang.Value, erlangSize(args[0], 0))
			for i := range vs {
				vs[i] = args[1]
			}
			return lang.Vec(vs...)
		}, Doc: "A tuple of a value over and over. :erlang.make_tuple(2, 0) #=> {0, 0}"},
		{Name: "erlang/append_element", Min: 2, Max: 2, Args: "tuple, value", Pure: two(func(t, v lang.Value) lang.Value { return lang.Vec(append(tupleArg(t).AppendTo(nil), v)...) }), Doc: "A tuple with a value behind. :erlang.append_element({1}, 2) #=> {1, 2}"},
		{Name: "erlang/integer_to_binary", Min: 1, Max: 2, Args: "integer, base", Pure: func(args []lang.Value) lang.Value { return lang.Str(digitsText(args)) }, Doc: "integer as text. :erlang.integer_to_binary(12) #=> \"12\""},
		{Name: "erlang/integer_to_list", Min: 1, Max: 2, Args: "integer, base", Pure: func(args []lang.Value) lang.Value { return charlist(digitsText(args)) }, Doc: "integer as a charlist. :erlang.integer_to_list(12) #=> '12'"},
		{Name: "erlang/binary_to_integer", Min: 1, Max: 2, Args: "binary, base", Pure: toInteger, Doc: "The integer that binary spells. :erlang.binary_to_integer(\"12\") #=> 12"},
		{Name: "erlang/list_to_integer", Min: 1, Max: 2, Args: "list, base", Pure: func(args []lang.Value) lang.Value { return integerOf(erlangText(args[0]), args) }, Doc: "The integer that a charlist spells. :erlang.list_to_integer('12') #=> 12"},
		{Name: "erlang/binary_to_float", Min: 1, Max: 1, Args: "binary", Pure: toFloat, Doc: "The float that binary spells. :erlang.binary_to_float(\"1.5\") #=> 1.5"},
		{Name: "erlang/list_to_float", Min: 1, Max: 1, Args: "list", Pure: func(args []lang.Value) lang.Value { return floatOf(erlangText(args[0])) }, Doc: "The float that a charlist spells. :erlang.list_to_float('1.5') #=> 1.5"},
		{Name: "erlang/float_to_binary", Min: 1, Max: 2, Args: "float, options", Pure: func(args []lang.Value) lang.Value { return lang.Str(floatFormat(args)) }, Doc: "float as text; [decimals: n] gives so many decimals. :erlang.float_to_binary(1.5, [decimals: 2]) #=> \"1.50\""},
		{Name: "erlang/float_to_list", Min: 1, Max: 2, Args: "float, options", Pure: func(args []lang.Value) lang.Value { return charlist(floatFormat(args)) }, Doc: "float as a charlist."},
		{Name: "erlang/atom_to_binary", Min: 1, Max: 2, Args: "atom, encoding", Pure: func(args []lang.Value) lang.Value { return lang.Str(atomArg(args[0])) }, Doc: "The name of an atom. :erlang.atom_to_binary(:a) #=> \"a\""},
		{Name: "erlang/atom_to_list", Min: 1, Max: 1, Args: "atom", Pure: func(args []lang.Value) lang.Value { return charlist(atomArg(args[0])) }, Doc: "The name of an atom as a charlist. :erlang.atom_to_list(:a) #=> 'a'"},
		{Name: "erlang/binary_to_atom", Min: 1, Max: 2, Args: "binary, encoding", Pure: toAtom, Doc: "The atom of a name. :erlang.binary_to_atom(\"a\") #=> :a"},
		{Name: "erlang/binary_to_existing_atom", Min: 1, Max: 2, Args: "binary, encoding", Pure: toAtom, Doc: "The atom of a name. :erlang.binary_to_existing_atom(\"a\") #=> :a"},
		{Name: "erlang/list_to_atom", Min: 1, Max: 1, Args: "list", Pure: one(func(v lang.Value) lang.Value { return atomNamed(erlangText(v)) }), Doc: "The atom of a name. :erlang.list_to_atom('a') #=> :a"},
		{Name: "erlang/list_to_existing_atom", Min: 1, Max: 1, Args: "list", Pure: one(func(v lang.Value) lang.Value { return atomNamed(erlangText(v)) }), Doc: "The atom of a name."},
		{Name: "erlang/list_to_binary", Min: 1, Max: 1, Deep: arg0, Args: "iolist", Pure: one(iodataToBinary), Doc: "The bytes of an iolist. :erlang.list_to_binary([97, \"b\"]) #=> \"ab\""},
		{Name: "erlang/iolist_to_binary", Min: 1, Max: 1, Deep: arg0, Args: "iodata", Pure: one(iodataToBinary), Doc: "The bytes of iodata. :erlang.iolist_to_binary([97, \"b\"]) #=> \"ab\""},
		{Name: "erlang/iolist_size", Min: 1, Max: 1, Deep: arg0, Args: "iodata", Pure: one(func(v lang.Value) lang.Value {
			s, _ := iodataToBinary(v).AsString()
			return lang.Int(int64(len(s)))
		}), Doc: "How many bytes iodata has. :erlang.iolist_size([\"ab\"]) #=> 2"},
		{Name: "erlang/binary_to_list", Min: 1, Max: 3, Args: "binary, start, stop", Pure: func(args []lang.Value) lang.Value { return bytesList(erlangBinary(args[0])) }, Doc: "The bytes of a binary. :erlang.binary_to_list(\"ab\") #=> 'ab'"},
		{Name: "erlang/split_binary", Min: 2, Max: 2, Args: "binary, position", Pure: func(args []lang.Value) lang.Value {
			s, n := erlangBinary(args[0]), erlangSize(args[1], 1)
			if n > len(s) {
				badArg(1, "out of range")
			}
			return lang.Vec(lang.Str(s[:n]), lang.Str(s[n:]))
		}, Doc: "A binary in two. :erlang.split_binary(\"abc\", 1) #=> {\"a\", \"bc\"}"},
		{Name: "erlang/phash2", Min: 1, Max: 2, Deep: arg0, Args: "term, range", Pure: func(args []lang.Value) lang.Value {
			bound := int64(1 << 27)
			if len(args) == 2 {
				bound = max(int64(erlangSize(args[1], 1)), 1)
			}
			return lang.Int(int64(lang.Hash(args[0])) % bound)
		}, Doc: "A hash of term below range. It is not the BEAM's."},
		{Name: "erlang/crc32", Min: 1, Max: 1, Deep: arg0, Args: "iodata", Pure: one(func(v lang.Value) lang.Value {
			s, _ := iodataToBinary(v).AsString()
			return lang.Int(int64(crc32.ChecksumIEEE([]byte(s))))
		}), Doc: "The CRC-32 of iodata. :erlang.crc32(\"a\") #=> 3904355907"},
		{Name: "erlang/error", Min: 1, Max: 3, Args: "reason, args", Pure: func(args []lang.Value) lang.Value {
			lang.RaiseReason(args[0])
			return lang.Nil
		}, Doc: "Raises an error of a reason."},
		{Name: "erlang/throw", Min: 1, Max: 1, Args: "term", Pure: one(func(v lang.Value) lang.Value { panic(lang.NewReason(lang.KindThrow, v)) }), Doc: "Throws term."},
		{Name: "erlang/raise", Min: 3, Max: 3, Args: "kind, reason, stacktrace", Pure: func(args []lang.Value) lang.Value {
			kinds := map[lang.Value]lang.Kind{lang.K("error"): lang.KindError, lang.K("exit"): lang.KindExit, lang.K("throw"): lang.KindThrow}
			k, ok := kinds[args[0]]
			if !ok {
				return lang.K("badarg")
			}
			panic(lang.NewReason(k, args[1]))
		}, Doc: "Raises an error, an exit or a throw."},
		{Name: "erlang/function_exported", Min: 3, Max: 3, Args: "module, function, arity", Run: functionExported, Doc: "Whether a module has such a function."},
		{Name: "erlang/system_info", Min: 1, Max: 1, Args: "item", Run: systemInfo, Doc: "Something about the system: :process_count, :schedulers, :otp_release ..."},
		{Name: "erlang/md5", Min: 1, Max: 1, Deep: arg0, Args: "iodata", Pure: one(func(v lang.Value) lang.Value { return hashOf("md5", v) }), Doc: "The MD5 hash of iodata."},
	}
}

// sharedNatives are functions of Kernel that :erlang has by the same name, or
// by another.
var sharedNatives = map[string]string{
	"+": "+", "-": "-", "*": "*", "/": "/", "div": "div", "rem": "rem", "==": "==", "/=": "!=", "=:=": "===", "=/=": "!==",
	"<": "<", "=<": "<=", ">": ">", ">=": ">=", "++": "++", "--": "--", "not": "not", "abs": "abs", "hd": "hd", "tl": "tl",
	"length": "length", "tuple_size": "tuple_size", "map_size": "map_size", "byte_size": "byte_size", "bit_size": "bit_size",
	"round": "round", "trunc": "trunc", "floor": "floor", "ceil": "ceil", "max": "max", "min": "min", "binary_part": "binary_part",
	"node": "node", "apply": "apply", "is_atom": "is_atom", "is_binary": "is_binary", "is_bitstring": "is_bitstring",
	"is_boolean": "is_boolean", "is_float": "is_float", "is_integer": "is_integer", "is_number": "is_number", "is_list": "is_list",
	"is_map": "is_map", "is_pid": "is_pid", "is_port": "is_port", "is_reference": "is_reference", "is_tuple": "is_tuple",
	"is_function": "is_function",
}

// erlangShared makes those functions of :erlang.
func erlangShared() []*lang.Native {
	var out []*lang.Native
	byName := map[string]*lang.Native{}
	for _, table := range [][]*lang.Native{operatorNatives(), guardNatives(), kernelNatives()} {
		for _, n := range table {
			byName[n.Name] = n
		}
	}
	for _, name := range sortedKeys(sharedNatives) {
		alias := *byName["Kernel/"+sharedNatives[name]]
		alias.Name = "erlang/" + name
		out = append(out, &alias)
	}
	for _, name := range []string{"band", "bor", "bxor", "bnot", "bsl", "bsr"} {
		alias := *byName["Bitwise/"+name]
		alias.Name = "erlang/" + name
		out = append(out, &alias)
	}
	isKey := *byName["Kernel/is_map_key"]
	isKey.Name = "erlang/is_map_key"
	isKey.Args = "key, map"
	isKey.Pure = two(func(k, m lang.Value) lang.Value { return isMapKey([]lang.Value{m, k}) })
	return append(out, &isKey)
}

// tupleIndex checks an index into a tuple, which counts from first.
func tupleIndex(t, i lang.Value, at int, first int64) {
	v, ok := t.Obj().(*lang.Vector)
	switch {
	case !ok:
		badArg(1-at, "not a tuple")
	case !i.IsFixed():
		badArg(at, "not an integer")
	case i.AsInt() < first || i.AsInt() >= first+int64(v.Len()):
		badArg(at, "out of range")
	}
}

// erlangSize gives a number that is not negative, or raises badarg.
func erlangSize(v lang.Value, at int) int {
	if !v.IsFixed() || v.AsInt() < 0 || v.AsInt() > math.MaxInt32 {
		badArg(at, "out of range")
	}
	return int(v.AsInt())
}

func erlangList(v lang.Value) []lang.Value {
	if !isList(v) {
		badArg(0, "not a list")
	}
	return lang.ToSlice(v)
}

func erlangText(v lang.Value) string {
	if !isList(v) {
		badArg(0, "not a list of characters")
	}
	return listText(v)
}

func erlangBinary(v lang.Value) string {
	s, ok := v.AsString()
	if !ok {
		badArg(0, "not a binary")
	}
	return s
}

func atomArg(v lang.Value) string {
	name, ok := lang.AtomName(v)
	if !ok {
		badArg(0, "not an atom")
	}
	return name
}

func bytesList(s string) lang.Value {
	vs := make([]lang.Value, len(s))
	for i := range vs {
		vs[i] = lang.Int(int64(s[i]))
	}
	return list(vs)
}

// floatFormat gives a float as options say: with decimals, in scientific
// form, or as short as can be; without options with 20 digits.
func floatFormat(args []lang.Value) string {
	if !args[0].IsFloat() {
		badArg(0, "not a float")
	}
	f := args[0].AsFloat()
	opts := optionsArg(args, 1)
	if n := option(opts, "decimals", lang.Nil); n.IsInt() {
		s := strconv.FormatFloat(f, 'f', int(n.AsInt()), 64)
		compact := false
		lang.Iterate(opts, func(x lang.Value) bool { compact = compact || x == lang.K("compact"); return true })
		if compact && strings.Contains(s, ".") {
			s = strings.TrimRight(s, "0")
			if strings.HasSuffix(s, ".") {
				s += "0"
			}
		}
		return s
	}
	digits := int64(20)
	if n := option(opts, "scientific", lang.Nil); n.IsInt() {
		digits = n.AsInt()
	} else if len(args) == 2 {
		return lang.FormatElixirFloat(f)
	}
	return strconv.FormatFloat(f, 'e', int(digits), 64)
}

// systemItems are what :erlang.system_info tells that never changes.
var systemItems = map[string]lang.Value{
	"otp_release": lang.Str("25"), "version": lang.Str("13.0"), "process_limit": lang.Int(262144), "wordsize": lang.Int(8),
	"atom_limit": lang.Int(1048576), "port_limit": lang.Int(65536), "system_architecture": lang.Str("conc-repl"),
}

func systemInfo(p *runtime.Process, args []lang.Value) lang.Value {
	name, _ := lang.AtomName(args[0])
	switch name {
	case "schedulers", "schedulers_online", "logical_processors", "dirty_cpu_schedulers", "dirty_cpu_schedulers_online":
		return lang.Int(int64(p.W.Options().Schedulers))
	case "process_count":
		return lang.Int(int64(len(p.W.Processes())))
	case "otp_release", "version", "system_architecture":
		return charlist(lang.String(systemItems[name]))
	}
	v, ok := systemItems[name]
	if !ok {
		badArg(0, "invalid system info item")
	}
	return v
}
