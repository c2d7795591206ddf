package runtime

import (
	"strconv"

	"github.com/conc-repl/conc-repl/lang"
)

var (
	varClass       = lang.DefineClass("clojure.lang.Var", lang.IRefClass, lang.IFnClass, lang.IObjClass)
	namespaceClass = lang.DefineClass("clojure.lang.Namespace", lang.ObjectClass)
	unboundClass   = lang.DefineClass("clojure.lang.Var$Unbound", lang.IFnClass)
)

// Class gives Clojure's class of such a value.
func (v *Var) Class() *lang.Class { return varClass }

// PrintTo prints #'ns/name.
func (v *Var) PrintTo(p *lang.Printer) { p.WriteString(v.String()) }

// Text gives #'ns/name.
func (v *Var) Text() string { return v.String() }

// Class gives Clojure's class of such a value.
func (n *Namespace) Class() *lang.Class { return namespaceClass }

// PrintTo prints the namespace as an object.
func (n *Namespace) PrintTo(p *lang.Printer) {
	p.Object(namespaceClass.Name, lang.HashCode(lang.Str(n.Name)), n.Name)
}

// Text gives the name.
func (n *Namespace) Text() string { return n.Name }

// Class gives Clojure's class of such a value.
func (u *Unbound) Class() *lang.Class { return unboundClass }

// PrintTo prints the unbound var's value as an object.
func (u *Unbound) PrintTo(p *lang.Printer) {
	p.Object(unboundClass.Name, u.hash(), u.Text())
}

// Text gives what str does.
func (u *Unbound) Text() string { return "Unbound: " + u.Var.String() }

func (u *Unbound) hash() uint32 { return lang.HashCode(lang.Str(u.Var.String())) }

// ObjectName gives what Java's toString does by default: class@hash.
func ObjectName(class string, hash uint32) string {
	return class + "@" + strconv.FormatUint(uint64(hash), 16)
}
