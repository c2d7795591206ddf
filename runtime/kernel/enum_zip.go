package kernel

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// zipper goes through several enumerables side by side. Those at hand are
// zipped in Go; others, which may have no end, by Stream.
type zipper struct {
	enums []lang.Value
	row   func(vs ...lang.Value) lang.Value // what stands for the elements side by side
	fold  fold                              // what goes through the rows
}

func (z zipper) run(p *runtime.Process) lang.Value {
	for _, e := range z.enums {
		if !ready(e) {
			f := functionOf(p, module("Stream"), "zip", 1)
			return p.Call(zipKont, z, f, lang.ListOf(z.enums...))
		}
	}
	z.fold.rest = list(z.rows())
	return z.fold.walk(p)
}

// zipKont goes through the tuples that Stream.zip gives.
var zipKont = &runtime.Kont{Name: "Enum.zip"}

func init() {
	zipKont.Return = func(p *runtime.Process, state any, stream lang.Value) lang.Value {
		z := state.(zipper)
		f := z.fold
		f.pass = f.pass.onRows(z.row)
		return f.start(p, stream)
	}
}

// onRows gives the pass that sees each tuple as a row.
func (k *pass) onRows(row func(vs ...lang.Value) lang.Value) *pass {
	as := *k
	as.see = func(s *fold, x lang.Value) verdict {
		s.x = row(x.Obj().(*lang.Vector).AppendTo(nil)...)
		if k.see == nil {
			return call
		}
		return k.see(s, s.x)
	}
	return &as
}

// rows puts the elements side by side, as far as the shortest goes.
func (z zipper) rows() []lang.Value {
	lists := make([][]lang.Value, len(z.enums))
	n := -1
	for i, e := range z.enums {
		seq, _ := atHand(e)
		size, known := lang.Counted(seq)
		if !known {
			lists[i] = elements(e)
			size = len(lists[i])
		}
		if n < 0 || size < n {
			n = size
		}
	}
	for i, e := range z.enums {
		if lists[i] == nil {
			lists[i] = upTo(e, n)
		}
	}
	rows := make([]lang.Value, max(n, 0))
	for i := range rows {
		side := make([]lang.Value, len(lists))
		for j := range lists {
			side[j] = lists[j][i]
		}
		rows[i] = z.row(side...)
	}
	return rows
}

// upTo gives the first n elements of what is at hand and has as many.
func upTo(v lang.Value, n int) []lang.Value {
	seq, _ := atHand(v)
	out := make([]lang.Value, 0, n)
	if n > 0 {
		lang.Iterate(seq, func(x lang.Value) bool {
			out = append(out, x)
			return len(out) < n
		})
	}
	return out
}

func zip(p *runtime.Process, enums []lang.Value) lang.Value {
	return zipper{enums: enums, row: lang.Vec, fold: fold{pass: toList}}.run(p)
}

func zipNative(p *runtime.Process, args []lang.Value) lang.Value {
	if len(args) == 2 {
		return zip(p, []lang.Value{args[0], args[1]})
	}
	return zipAll(p, args)
}

var zipAll = listed(func(p *runtime.Process, vs, _ []lang.Value) lang.Value { return zip(p, vs) })

func zipWith(p *runtime.Process, args []lang.Value) lang.Value {
	f := args[len(args)-1]
	checkFunction(f)
	if len(args) == 3 {
		return zipper{enums: []lang.Value{args[0], args[1]}, row: lang.Vec, fold: fold{pass: mapPairs, f: f}}.run(p)
	}
	return zipAllWith(p, args)
}

var (
	mapPairs    = &pass{name: "zip_with", arg: bothOfPair, put: keep, end: giveList}
	reducePairs = &pass{name: "zip_reduce", arg: bothAndAcc, put: accumulate, end: giveAcc}

	zipAllWith = listed(func(p *runtime.Process, vs, args []lang.Value) lang.Value {
		return zipper{enums: vs, row: lang.ListOf, fold: fold{pass: mapPass, f: args[0]}}.run(p)
	})
	zipAllReduce = listed(func(p *runtime.Process, vs, args []lang.Value) lang.Value {
		return zipper{enums: vs, row: lang.ListOf, fold: fold{pass: reducePass, acc: args[0], f: args[1]}}.run(p)
	})
)

func zipReduce(p *runtime.Process, args []lang.Value) lang.Value {
	checkFunction(args[len(args)-1])
	if len(args) == 4 {
		return zipper{enums: []lang.Value{args[0], args[1]}, row: lang.Vec, fold: fold{pass: reducePairs, acc: args[2], f: args[3]}}.run(p)
	}
	return zipAllReduce(p, args)
}
