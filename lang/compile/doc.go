// Package compile turns forms into code for the machine: analysis of forms
// into an intermediate representation, which both notations share, and code
// generation from that. The functions behind the macros of Clojure's core
// that destructure, branch and loop live here too, since they are functions
// from forms to forms.
//
// It knows forms and names, and no process: what it must ask about a name it
// asks a lang.Resolver. It calls no code of the language. A macro that is a
// function of the language is handed to the caller, which runs it as an
// ordinary call and brings back the expansion (see Step). All state between
// two steps is immutable, so that the caller may keep a Step and resume it
// twice.
package compile
