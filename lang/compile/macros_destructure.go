package compile

import "github.com/conc-repl/conc-repl/lang"

// Destructure takes the binding vector of a let apart into one that binds
// symbols only, as clojure.core/destructure does: vectors with & and :as,
// maps with :keys :syms :strs (qualified ones too), :or and :as, nested.
func Destructure(bindings *lang.Vector) *lang.Vector {
	items := bindings.AppendTo(nil)
	plain := true
	for i := 0; i < len(items); i += 2 {
		plain = plain && items[i].IsSymbol()
	}
	if plain {
		return bindings
	}
	d := &destructuring{}
	for i := 0; i+1 < len(items); i += 2 {
		d.bind(items[i], items[i+1], 0)
	}
	return lang.NewVector(d.out)
}

// destructuring collects bindings of symbols.
type destructuring struct {
	out   []lang.Value
	names int
}

func (d *destructuring) name(base string) lang.Value {
	d.names++
	return generated(base, d.names)
}

func (d *destructuring) add(name, val lang.Value) { d.out = append(d.out, name, val) }

// bind binds one form, which may be a pattern, to a value's form.
func (d *destructuring) bind(b, val lang.Value, depth int) {
	if depth > maxDepth {
		illegal("Binding form nested too deeply")
	}
	switch x := b.Obj().(type) {
	case *lang.Symbol:
		d.add(b, val)
	case *lang.Keyword:
		d.add(lang.Sym(x.Name), val)
	case *lang.Vector:
		d.vector(x.AppendTo(nil), val, depth+1)
	case *lang.Map:
		d.mapping(x, val, depth+1)
	default:
		illegal("Unsupported binding form: %s", lang.PrString(b))
	}
}

// vector binds the elements of a sequential value.
func (d *destructuring) vector(elems []lang.Value, val lang.Value, depth int) {
	vec := d.name("vec")
	d.add(vec, val)
	var seq, first lang.Value
	rest := false
	for _, e := range elems {
		rest = rest || isSym(e, "&")
	}
	if rest {
		seq, first = d.name("seq"), d.name("first")
		d.add(seq, callOf("seq", vec))
	}
	seen := false
	for i := 0; i < len(elems); i++ {
		e := elems[i]
		isRest, isAs := isSym(e, "&"), lang.Identical(e, lang.K("as"))
		if (isRest || isAs) && i+1 >= len(elems) {
			illegal("Unsupported binding form, a name belongs behind %s", lang.PrString(e))
		}
		switch {
		case isRest:
			i++
			d.bind(elems[i], seq, depth)
			seen = true
		case isAs:
			i++
			d.bind(elems[i], vec, depth)
		case seen:
			illegal("Unsupported binding form, only :as can follow & parameter")
		case rest:
			d.add(first, callOf("first", seq))
			d.add(seq, callOf("next", seq))
			d.bind(e, first, depth)
		default:
			d.bind(e, callOf("nth", vec, lang.Int(int64(i)), lang.Nil), depth)
		}
	}
}

// mapping binds values of a map, or of keyword arguments.
func (d *destructuring) mapping(m *lang.Map, val lang.Value, depth int) {
	gmap := d.name("map")
	d.add(gmap, val)
	d.add(gmap, list(sym("if"), callOf("seq?", gmap), callOf("seq-to-map-for-destructuring", gmap), gmap))
	if as, ok := m.Get(lang.K("as")); ok {
		d.bind(as, gmap, depth)
	}
	defaults := lang.EmptyMap
	if or, ok := m.Get(lang.K("or")); ok {
		if defaults, ok = or.Obj().(*lang.Map); !ok {
			illegal("Unsupported binding form, :or takes a map: %s", lang.PrString(or))
		}
	}
	m.Each(func(b, key lang.Value) bool {
		if k, ok := b.AsKeyword(); ok {
			if lang.Identical(b, lang.K("as")) || lang.Identical(b, lang.K("or")) {
				return true
			}
			if make := keyMakers[k.Name]; make != nil {
				d.keys(k.NS, key, make, gmap, defaults)
				return true
			}
		}
		d.entry(b, key, gmap, defaults, depth)
		return true
	})
}

// keyMakers make the key that a name under :keys, :syms or :strs stands for.
var keyMakers = map[string]func(ns, name string) lang.Value{
	"keys": func(ns, name string) lang.Value { return lang.Kw(lang.InternKeyword(ns, name)) },
	"syms": func(ns, name string) lang.Value {
		return list(sym("quote"), lang.Obj(lang.NewSymbol(ns, name)))
	},
	"strs": func(_, name string) lang.Value { return lang.Str(name) },
}

// keys binds the names listed under :keys and its like.
func (d *destructuring) keys(ns string, names lang.Value, make func(ns, name string) lang.Value, gmap lang.Value, defaults *lang.Map) {
	vec, ok := names.Obj().(*lang.Vector)
	if !ok {
		illegal("Unsupported binding form, :keys and its like take a vector: %s", lang.PrString(names))
	}
	vec.Each(func(v lang.Value) bool {
		own, name := "", ""
		switch x := v.Obj().(type) {
		case *lang.Symbol:
			own, name = x.NS, x.Name
		case *lang.Keyword:
			own, name = x.NS, x.Name
		default:
			illegal("Unsupported binding form: %s", lang.PrString(v))
		}
		if own == "" {
			own = ns
		}
		d.entry(v, make(own, name), gmap, defaults, 0)
		return true
	})
}

// entry binds b to the value under key.
func (d *destructuring) entry(b, key, gmap lang.Value, defaults *lang.Map, depth int) {
	local := b
	named := true
	switch x := b.Obj().(type) {
	case *lang.Symbol:
		local = lang.Obj(&lang.Symbol{Name: x.Name, Meta: x.Meta, Pos: x.Pos})
	case *lang.Keyword:
		local = lang.Sym(x.Name)
	default:
		named = false
	}
	val := callOf("get", gmap, key)
	if def, ok := defaults.Get(local); ok {
		val = callOf("get", gmap, key, def)
	}
	if named {
		d.add(local, val)
		return
	}
	d.bind(b, val, depth)
}

// macroLet is let.
func macroLet(args []lang.Value) lang.Value {
	binding("let", args[2], 0)
	v := args[2].Obj().(*lang.Vector)
	return listWith(args[3:], sym("let*"), lang.Obj(Destructure(v)))
}

// macroLoop is loop: patterns are taken apart anew on each turn.
func macroLoop(args []lang.Value) lang.Value {
	items := binding("loop", args[2], 0)
	v := args[2].Obj().(*lang.Vector)
	if Destructure(v) == v {
		return listWith(args[3:], sym("loop*"), args[2])
	}
	var outer, turn, inner []lang.Value
	for i := 0; i < len(items); i += 2 {
		b, g := items[i], items[i]
		outer = append(outer, g, items[i+1])
		if !b.IsSymbol() {
			g = generated("loop", i/2)
			outer[len(outer)-2] = g
			outer = append(outer, b, g)
		}
		turn = append(turn, g, g)
		inner = append(inner, b, g)
	}
	body := listWith(args[3:], core("let"), lang.Vec(inner...))
	return callOf("let", lang.Vec(outer...), list(sym("loop*"), lang.Vec(turn...), body))
}
