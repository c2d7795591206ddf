package compile

// visit calls read for every read of a local in n, and bind for every binding.
func (u *Unit) visit(n Node, read func(*LocalRef), bind func(*Local)) {
	all := func(nodes ...Node) {
		for _, n := range nodes {
			if n != nil {
				u.visit(n, read, bind)
			}
		}
	}
	switch n := u.node(n).(type) {
	case *LocalRef:
		read(n)
	case *If:
		all(n.Test, n.Then, n.Else)
	case *Do:
		all(n.Body...)
	case *Let:
		for _, b := range n.Binds {
			bind(b.Local)
			all(b.Init)
		}
		all(n.Body)
	case *Assign:
		bind(n.Subject)
		patternBinds(n.Pattern, bind)
		u.patternRefs(n.Pattern, read)
		all(n.Val, n.Fail)
	case *Recur:
		all(n.Args...)
	case *Call:
		all(n.Fn)
		all(n.Args...)
	case *Prim:
		all(n.Args...)
	case *Fn:
		u.visitFn(n, read, bind)
	case *Try:
		all(n.Body, n.Finally)
		for _, c := range n.Catches {
			bind(c.Local)
			all(c.Class, c.Body)
		}
	case *Throw:
		all(n.Val)
	case *Def:
		all(n.Init, n.Meta)
	case *SetVar:
		all(n.Val)
	case *Coll:
		all(n.Items...)
	case *Case:
		all(n.Val, n.Default)
		for _, c := range n.Clauses {
			all(c.Body)
		}
	case *Match:
		if n.Val != nil {
			bind(n.Subject)
		}
		for _, l := range n.Subjects {
			read(&LocalRef{Local: l})
		}
		all(n.Val, n.Fail)
		u.visitClauses(n.Clauses, read, bind)
	case *Receive:
		all(n.Timeout, n.After)
		u.visitClauses(n.Clauses, read, bind)
	case *Letfn:
		for i, f := range n.Fns {
			bind(n.Locals[i])
			u.visitFn(f, read, bind)
		}
		all(n.Body)
	}
}

func (u *Unit) visitFn(f *Fn, read func(*LocalRef), bind func(*Local)) {
	if f.Self != nil {
		bind(f.Self)
	}
	for _, ar := range f.Arities {
		for _, l := range ar.Target.Locals {
			bind(l)
		}
		u.visit(ar.Body, read, bind)
	}
}

func (u *Unit) visitClauses(clauses []Clause, read func(*LocalRef), bind func(*Local)) {
	for _, c := range clauses {
		patternBinds(c.Pattern, bind)
		u.patternRefs(c.Pattern, read)
		if c.Guard != nil {
			u.visit(c.Guard, read, bind)
		}
		u.visit(c.Body, read, bind)
	}
}

// patternRefs calls read for every local that a pattern compares with.
func (u *Unit) patternRefs(p Pattern, read func(*LocalRef)) {
	walkPattern(p, func(p Pattern) {
		switch p := p.(type) {
		case *PatEqual:
			u.visit(p.Val, read, func(*Local) {})
		case *PatMap:
			for _, k := range p.Keys {
				u.visit(k, read, func(*Local) {})
			}
		case *PatView:
			for _, arg := range p.Args {
				u.visit(arg, read, func(*Local) {})
			}
		}
	})
}

// patternBinds calls bind for every local that a pattern binds.
func patternBinds(p Pattern, bind func(*Local)) {
	walkPattern(p, func(p Pattern) {
		if b, ok := p.(*PatBind); ok {
			bind(b.Local)
		}
	})
}

// walkPattern calls f for a pattern and all within it.
func walkPattern(p Pattern, f func(Pattern)) {
	f(p)
	within := func(elems []Pattern, rest Pattern) {
		for _, e := range elems {
			walkPattern(e, f)
		}
		if rest != nil {
			walkPattern(rest, f)
		}
	}
	switch p := p.(type) {
	case *PatVector:
		within(p.Elems, p.Rest)
	case *PatList:
		within(p.Elems, p.Rest)
	case *PatMap:
		within(p.Vals, nil)
	case *PatArgs:
		within(p.Elems, nil)
	case *PatView:
		within(nil, p.Then)
	case *PatBoth:
		within([]Pattern{p.Left, p.Right}, nil)
	}
}
