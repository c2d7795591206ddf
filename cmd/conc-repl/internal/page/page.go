// Package page is a small page of a browser, for programs in ClojureScript
// that show and hide things and wait for clicks: two pages, of which each
// can be shown or hidden, and a button. Programs see it as (dom/getElement
// "page1"), (.. elem -style -display), (get-events elem "click") and js/window;
// a person clicks by a command. Nothing else of a browser may enter.
package page

import (
	_ "embed" // page.clj
	"fmt"
	"io"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

//go:embed page.clj
var text string

// content is the page as it is loaded.
var content = []struct{ id, text, display string }{
	{"page1", "the first page", "none"},
	{"page2", "the second page", "none"},
	{"next", "[ Next ]", "block"},
}

// The words of what programs do with the page.
var (
	wordsDisplay = runtime.Wording{Clojure: "display %s as %s"}
	wordsLoad    = runtime.Wording{Clojure: "load the page"}
)

// Page is the page of a world.
type Page struct {
	w        *runtime.World
	elements []*Element
}

type pageKey struct{}

// Of gives the page of a world, nil if it has none.
func Of(w *runtime.World) *Page {
	p, _ := w.Library[pageKey{}].(*Page)
	return p
}

// Trace shows the elements: whoever clicks can reach what listens to them.
func (p *Page) Trace(visit func(lang.Value)) {
	for _, e := range p.elements {
		visit(lang.Obj(e))
	}
}

// Install gives a world a page. Its names stand in the namespace user.
func Install(w *runtime.World) {
	p := &Page{w: w}
	for i, c := range content {
		e := &Element{page: p, id: c.id, text: c.text, num: i}
		e.style.element, e.style.display = e, lang.Str(c.display)
		p.elements = append(p.elements, e)
	}
	w.Library[pageKey{}] = p
	w.AddLibrary(&runtime.Library{Name: "dom", Doc: "The elements of the page.", Natives: []*lang.Native{
		{Name: "dom/getElement", Min: 1, Max: 1, Args: "[id]", Doc: "The element of the page with an id, nil if there is none.",
			Run: func(_ *runtime.Process, args []lang.Value) lang.Value { return p.get(args[0]) }}}})
	w.AddLibrary(&runtime.Library{Name: "js", Doc: "The browser's own names.",
		Dynamic: map[string]lang.Value{"window": lang.Obj(&Window{})}})
	own := w.AddLibrary(&runtime.Library{Name: "conc.page", Doc: "Events of the page as channels.",
		Natives: []*lang.Native{{Name: "conc.page/listen", Min: 3, Max: 3, Args: "[elem type f]", Run: listen,
			Doc: "Has f called with each event of kind type at elem."}},
		Sources: runtime.Text("conc.page", text)})
	own.Uses = []runtime.Use{{NS: w.NS("clojure.core")}, {NS: w.NS("clojure.core.async")}}
	user := w.NS("user")
	user.Uses = append(user.Uses, runtime.Use{NS: own})
}

func (p *Page) get(id lang.Value) lang.Value {
	for _, e := range p.elements {
		if id == lang.Str(e.id) {
			return lang.Obj(e)
		}
	}
	return lang.Nil
}

// Element is an element of the page.
type Element struct {
	runtime.Stamped
	page      *Page
	id, text  string
	num       int
	style     Style
	listeners []listener // replaced, not changed
}

type listener struct {
	kind string
	f    lang.Value
}

// Save gives the listeners.
func (e *Element) Save() any { return e.listeners }

// Restore puts them back.
func (e *Element) Restore(s any) { e.listeners = s.([]listener) }

var elementClass = lang.DefineClass("js.Element", lang.ObjectClass)

// Class gives the class of elements.
func (e *Element) Class() *lang.Class { return elementClass }

// PrintTo prints the element with its id.
func (e *Element) PrintTo(p *lang.Printer) { p.Object(elementClass.Name, uint32(e.num+1), e.id) }

// Trace shows the listeners.
func (e *Element) Trace(visit func(lang.Value)) {
	for _, l := range e.listeners {
		visit(l.f)
	}
}

// Field gives id, textContent or style.
func (e *Element) Field(name string) (lang.Value, bool) {
	switch name {
	case "id":
		return lang.Str(e.id), true
	case "textContent":
		return lang.Str(e.text), true
	case "style":
		return lang.Obj(&e.style), true
	}
	return lang.Nil, false
}

// SetField refuses: only styles change.
func (e *Element) SetField(*runtime.Process, string, lang.Value) (lang.Value, bool) {
	return lang.Nil, false
}

// Style is how an element is shown.
type Style struct {
	runtime.Stamped
	element *Element
	display lang.Value
}

// Save gives the display.
func (s *Style) Save() any { return s.display }

// Restore puts it back.
func (s *Style) Restore(v any) { s.display = v.(lang.Value) }

// Field gives display.
func (s *Style) Field(name string) (lang.Value, bool) { return s.display, name == "display" }

// SetField sets display: it is an operation, which others can see.
func (s *Style) SetField(p *runtime.Process, name string, v lang.Value) (lang.Value, bool) {
	if name != "display" {
		return lang.Nil, false
	}
	return p.Perform(&runtime.Effect{Name: wordsDisplay, With: []any{s.element.id, v},
		On: []runtime.Access{{Entity: s, Mode: runtime.Write}},
		Do: func(w *runtime.World, p *runtime.Process) lang.Value {
			w.Touch(s)
			s.display = v
			w.Emit(runtime.Event{Kind: "display", Proc: p, Entity: s, Value: v, Note: s.element.id})
			return v
		}}), true
}

// Window is js/window. The page is loaded before a program can look at it, so
// what is set as its onload is called at once.
type Window struct{ runtime.Cell }

// Field gives onload.
func (x *Window) Field(name string) (lang.Value, bool) { return x.Val, name == "onload" }

// SetField sets onload.
func (x *Window) SetField(p *runtime.Process, name string, v lang.Value) (lang.Value, bool) {
	if name != "onload" {
		return lang.Nil, false
	}
	return p.Perform(&runtime.Effect{Name: wordsLoad, On: []runtime.Access{{Entity: x, Mode: runtime.Write}},
		Do: func(w *runtime.World, p *runtime.Process) lang.Value {
			w.Touch(x)
			x.Val = v
			w.Spawn(p, runtime.Spawn{Kind: runtime.Go, Fn: v})
			return v
		}}), true
}

// listen is (listen elem type f).
func listen(p *runtime.Process, args []lang.Value) lang.Value {
	e, ok := args[0].Obj().(*Element)
	if !ok {
		panic(lang.CastError(args[0], elementClass))
	}
	p.W.Touch(e)
	e.listeners = append(e.listeners[:len(e.listeners):len(e.listeners)], listener{lang.DisplayString(args[1]), args[2]})
	return lang.Nil
}

// Click has a person click on the element of an id, if it is shown; it gives
// how many listeners were told.
func (p *Page) Click(id string) (told int, err error) {
	e, _ := p.get(lang.Str(id)).Obj().(*Element)
	switch {
	case e == nil:
		return 0, fmt.Errorf("the page has no element %q (.page shows it)", id)
	case e.style.display == lang.Str("none"):
		return 0, fmt.Errorf("%s is hidden: nobody can click on it", id)
	}
	event := lang.Obj(lang.NewMap(lang.K("type"), lang.Str("click"), lang.K("target"), lang.Obj(e)))
	for _, l := range e.listeners {
		if l.kind == "click" {
			told++
			p.w.Spawn(nil, runtime.Spawn{Kind: runtime.Go, Fn: l.f, Args: []lang.Value{event}})
		}
	}
	return told, nil
}

// Show draws the page: the elements that are shown, and, in brackets, which are not.
func (p *Page) Show(out io.Writer) {
	fmt.Fprintln(out, "+------------------------")
	for _, e := range p.elements {
		if e.style.display != lang.Str("none") {
			fmt.Fprintf(out, "| %-18s #%s\n", e.text, e.id)
		}
	}
	fmt.Fprintln(out, "+------------------------")
	for _, e := range p.elements {
		if e.style.display == lang.Str("none") {
			fmt.Fprintf(out, "hidden: #%s\n", e.id)
		}
	}
}
