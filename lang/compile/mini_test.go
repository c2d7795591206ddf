package compile

import (
	"fmt"
	"strings"

	"github.com/conc-repl/conc-repl/lang"
)

// mini runs code by recursion: the instruction table in Go, without
// processes. Tests use it to see what code means.
type mini struct {
	f   *fake
	out strings.Builder
}

// frame is what one body works with.
type frame struct {
	m   *mini
	c   *lang.Code
	cl  *lang.Closure
	r   []lang.Value
	pc  int
	ret lang.Value
	end bool
}

func (m *mini) call(f lang.Value, args []lang.Value) lang.Value {
	switch x := f.Obj().(type) {
	case *fakeVar:
		return m.call(x.val, args)
	case *lang.Native:
		return x.Pure(args)
	case *lang.Keyword:
		v, _ := args[0].Obj().(*lang.Map)
		if v == nil {
			return lang.Nil
		}
		r, _ := v.Get(f)
		return r
	case *lang.Set:
		if x.Has(args[0]) {
			return args[0]
		}
		return lang.Nil
	case *lang.Closure:
		return m.apply(x, args)
	}
	panic(fmt.Sprintf("mini: can't call %s", lang.PrString(f)))
}

func (m *mini) apply(cl *lang.Closure, args []lang.Value) lang.Value {
	c := cl.Fn.Select(len(args))
	if c == nil {
		panic(fmt.Sprintf("mini: arity of %s: %d", cl.Fn.Name, len(args)))
	}
	fr := &frame{m: m, c: c, cl: cl, r: make([]lang.Value, c.NRegs)}
	copy(fr.r, args[:c.NArgs])
	if c.Variadic && len(args) > c.NArgs {
		fr.r[c.NArgs] = lang.ListOf(args[c.NArgs:]...)
	}
	for !fr.end {
		fr.step()
	}
	return fr.ret
}

// step does one instruction; what it raises goes to the innermost handler.
func (f *frame) step() {
	pc := f.pc
	defer func() {
		r := recover()
		if r == nil {
			return
		}
		ex, ok := r.(*lang.Exception)
		if !ok {
			panic(r)
		}
		for _, h := range f.c.Handlers {
			if int(h.Start) <= pc && pc < int(h.End) {
				f.pc = int(h.Target)
				f.r[h.Reg] = lang.Obj(ex)
				return
			}
		}
		panic(r)
	}()
	in := f.c.Ins[pc]
	f.pc++
	f.do(lang.Op(in&0xff), in)
}

// unless goes to the instruction's target if the test fails.
func (f *frame) unless(ok bool, dist int) {
	if !ok {
		f.pc += dist
	}
}

func (f *frame) do(op lang.Op, in uint64) {
	r, a, b, c, x, d := f.r, lang.A(in), lang.B(in), lang.C(in), lang.Bx(in), lang.D(in)
	imm := lang.Int(int64(lang.SB(in)))
	dist := lang.SC(in)
	switch op {
	case lang.OpMove:
		r[a] = r[b]
	case lang.OpTake:
		r[a], r[b] = r[b], lang.Nil
	case lang.OpClear:
		r[a] = lang.Nil
	case lang.OpConst:
		r[a] = f.c.Consts[x]
	case lang.OpInt:
		r[a] = lang.Int(int64(x))
	case lang.OpTrue:
		r[a] = lang.True
	case lang.OpFalse:
		r[a] = lang.False
	case lang.OpUp:
		r[a] = f.cl.Up[b]
	case lang.OpSelf:
		r[a] = lang.Obj(f.cl)
	case lang.OpGetVar:
		r[a] = f.c.Consts[x].Obj().(*fakeVar).val
	case lang.OpJmp, lang.OpLoop:
		f.pc += x
	case lang.OpAddLoop:
		r[a] = lang.Add(r[a], lang.Int(int64(lang.SD(in))))
		f.pc += x
	case lang.OpJF:
		f.unless(r[a].Truthy(), x)
	case lang.OpJT:
		f.unless(!r[a].Truthy(), x)
	case lang.OpJNil:
		f.unless(!r[a].IsNil(), x)
	case lang.OpJNotNil:
		f.unless(r[a].IsNil(), x)
	case lang.OpAdd:
		r[a] = lang.Add(r[b], r[c])
	case lang.OpSub:
		r[a] = lang.Sub(r[b], r[c])
	case lang.OpMul:
		r[a] = lang.Mul(r[b], r[c])
	case lang.OpQuot:
		r[a] = lang.Quot(r[b], r[c])
	case lang.OpRem:
		r[a] = lang.Rem(r[b], r[c])
	case lang.OpAddI:
		r[a] = lang.Add(r[b], lang.Int(int64(dist)))
	case lang.OpLt:
		r[a] = lang.Bool(lang.Lt(r[b], r[c]))
	case lang.OpLe:
		r[a] = lang.Bool(lang.Le(r[b], r[c]))
	case lang.OpEq:
		r[a] = lang.Bool(lang.Equal(r[b], r[c]))
	case lang.OpNumEq:
		r[a] = lang.Bool(lang.EqualNum(r[b], r[c]))
	case lang.OpJNLt:
		f.unless(lang.Lt(r[a], r[b]), dist)
	case lang.OpJNLe:
		f.unless(lang.Le(r[a], r[b]), dist)
	case lang.OpJNEq, lang.OpJNSame:
		f.unless(lang.Equal(r[a], r[b]), dist)
	case lang.OpJNNumEq:
		f.unless(lang.EqualNum(r[a], r[b]), dist)
	case lang.OpJNLtI:
		f.unless(lang.Lt(r[a], imm), dist)
	case lang.OpJNLeI:
		f.unless(lang.Le(r[a], imm), dist)
	case lang.OpJNGtI:
		f.unless(lang.Lt(imm, r[a]), dist)
	case lang.OpJNGeI:
		f.unless(lang.Le(imm, r[a]), dist)
	case lang.OpJNEqI, lang.OpJNSameI:
		f.unless(lang.Equal(r[a], imm), dist)
	case lang.OpJNNumEqI:
		f.unless(lang.EqualNum(r[a], imm), dist)
	case lang.OpNot:
		r[a] = lang.Bool(!r[b].Truthy())
	case lang.OpIsNil:
		r[a] = lang.Bool(r[b].IsNil())
	case lang.OpCall:
		f.result(a, f.m.call(r[a], r[a+1:a+1+d]))
	case lang.OpCallVar:
		f.result(a, f.m.call(f.c.Consts[x], r[a+1:a+1+d]))
	case lang.OpCallSelf:
		f.result(a, f.m.apply(f.cl, r[a+1:a+1+d]))
	case lang.OpRet:
		f.ret, f.end = r[a], true
	default:
		f.rare(op, in)
	}
}

// result kills what a call kills.
func (f *frame) result(a int, v lang.Value) {
	for i := a; i < len(f.r); i++ {
		f.r[i] = lang.K("dead")
	}
	f.r[a] = v
}

func (f *frame) rare(op lang.Op, in uint64) {
	r, a, b, c, x, d := f.r, lang.A(in), lang.B(in), lang.C(in), lang.Bx(in), lang.D(in)
	switch op {
	case lang.OpClosure:
		cl := &lang.Closure{Fn: f.c.Fns[x]}
		for _, cp := range cl.Fn.Captures {
			if cp.FromUp {
				cl.Up = append(cl.Up, f.cl.Up[cp.Index])
			} else {
				cl.Up = append(cl.Up, r[cp.Index])
			}
		}
		r[a] = lang.Obj(cl)
	case lang.OpSetUp:
		r[a].Obj().(*lang.Closure).Up[b] = r[c]
	case lang.OpVec:
		r[a] = lang.Vec(r[b : b+c]...)
	case lang.OpMap:
		r[a] = lang.Obj(lang.NewMap(r[b : b+c]...))
	case lang.OpSet:
		r[a] = lang.Obj(lang.NewSet(r[b : b+c]...))
	case lang.OpDef:
		v := f.c.Consts[x].Obj().(*fakeVar)
		if d&1 != 0 {
			v.val = r[a]
		}
		r[a] = f.c.Consts[x]
	case lang.OpThrow:
		panic(r[a].Obj().(*lang.Exception))
	case lang.OpIsA:
		r[a] = lang.Bool(lang.IsA(r[b].Obj().(*lang.Exception).Class, r[c].Obj().(*lang.Class)))
	case lang.OpMapFind:
		v, ok := r[b].Obj().(*lang.Map).Get(r[c])
		r[a], r[a+1] = v, lang.Bool(ok)
	case lang.OpJNMap:
		_, ok := r[a].Obj().(*lang.Map)
		f.unless(ok, lang.SC(in))
	case lang.OpJNVec, lang.OpJNVecMin:
		v, ok := r[a].Obj().(*lang.Vector)
		f.unless(ok && (v.Len() == b || op == lang.OpJNVecMin && v.Len() > b), lang.SC(in))
	case lang.OpElem:
		r[a] = r[b].Obj().(*lang.Vector).Nth(c)
	case lang.OpVecRest:
		r[a] = lang.Nil
		if vs := r[b].Obj().(*lang.Vector).AppendTo(nil)[c:]; len(vs) > 0 {
			r[a] = lang.ListOf(vs...)
		}
	case lang.OpUncons:
		vs, ok := seqForm(r[b])
		if f.unless(ok && len(vs) > 0, lang.SC(in)); ok && len(vs) > 0 {
			r[a], r[a+1] = vs[0], lang.ListOf(vs[1:]...)
		}
	case lang.OpJNEmpty:
		vs, ok := seqForm(r[a])
		f.unless(ok && len(vs) == 0, lang.SC(in))
	default:
		panic("mini: can't do " + op.String())
	}
}
