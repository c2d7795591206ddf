package core

import (
	"slices"
	"unicode/utf8"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

var (
	writerClass       = lang.DefineClass("java.io.Writer", lang.ObjectClass)
	readerClass       = lang.DefineClass("java.io.Reader", lang.ObjectClass)
	stringWriterClass = lang.DefineClass("java.io.StringWriter", writerClass)
	builderClass      = lang.DefineClass("java.lang.StringBuilder", abstractBuilder)
	bufferClass       = lang.DefineClass("java.lang.StringBuffer", abstractBuilder)
	abstractBuilder   = lang.DefineClass("java.lang.AbstractStringBuilder", lang.CharSequenceClass)
)

// Buffer is text that grows: a StringWriter, StringBuilder or StringBuffer.
// Bytes that were written once are never overwritten in place, so an earlier
// state is a shorter slice.
type Buffer struct {
	runtime.Stamped
	id    runtime.ID
	class *lang.Class
	text  []byte
}

// Save gives the text.
func (b *Buffer) Save() any { return b.text }

// Restore puts an earlier text back. What follows is written elsewhere.
func (b *Buffer) Restore(s any) { b.text = slices.Clip(s.([]byte)) }

// Class gives Java's class of such a value.
func (b *Buffer) Class() *lang.Class { return b.class }

// Text gives the text.
func (b *Buffer) Text() string { return string(b.text) }

// Len gives the number of characters.
func (b *Buffer) Len() int { return utf8.RuneCount(b.text) }

// PrintTo prints the buffer as the real one does.
func (b *Buffer) PrintTo(p *lang.Printer) { p.Object(b.class.Name, uint32(b.id>>33), b.Text()) }

func (b *Buffer) add(text string) { b.text = append(b.text, text...) }

// set makes text all of the buffer.
func (b *Buffer) set(w *runtime.World, text string) {
	w.Touch(b)
	b.text = []byte(text)
}

func newBuffer(class *lang.Class) run {
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		b := &Buffer{id: p.NewID(), class: class}
		if len(args) == 1 && !args[0].IsFixed() {
			b.text = []byte(lang.String(args[0]))
		}
		return lang.Obj(b)
	}
}

func bufferOf(v lang.Value) *Buffer { return object[*Buffer](v, builderClass) }

// builder makes the method of a text buffer that changes it and gives it.
func builder(f func(s string, args []lang.Value) string) run {
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		b := bufferOf(args[0])
		b.set(p.W, f(b.Text(), args[1:]))
		return args[0]
	}
}

var bufferMethods = []*lang.Native{
	{Name: "java.lang.AbstractStringBuilder/append", Min: 2, Max: 2, Deep: allArgs, Args: "[sb x]", Doc: "Adds x as str shows it, nil as null.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			b := bufferOf(args[0])
			p.W.Touch(b)
			b.add(nullText(args[1]))
			return args[0]
		}},
	{Name: "java.lang.AbstractStringBuilder/insert", Min: 3, Max: 3, Deep: allArgs, Args: "[sb at x]", Doc: "Puts x in front of the character at an index.",
		Run: builder(func(s string, args []lang.Value) string {
			at := integer(args[0])
			return slice(s, 0, at) + nullText(args[1]) + slice(s, at, int64(utf8.RuneCountInString(s)))
		})},
	{Name: "java.lang.AbstractStringBuilder/reverse", Min: 1, Max: 1, Args: "[sb]", Doc: "Turns the text round.",
		Run: builder(func(s string, _ []lang.Value) string { return reverseText(s) })},
	{Name: "java.lang.AbstractStringBuilder/setLength", Min: 2, Max: 2, Args: "[sb n]", Doc: "Cuts the text to n characters.",
		Run: builder(func(s string, args []lang.Value) string { return slice(s, 0, integer(args[0])) })},
	{Name: "java.lang.AbstractStringBuilder/delete", Min: 3, Max: 3, Args: "[sb start end]", Doc: "Takes out the characters from start to before end.",
		Run: builder(func(s string, args []lang.Value) string {
			n := int64(utf8.RuneCountInString(s))
			return slice(s, 0, integer(args[0])) + slice(s, min(integer(args[1]), n), n)
		})},
	{Name: "java.lang.AbstractStringBuilder/deleteCharAt", Min: 2, Max: 2, Args: "[sb at]", Doc: "Takes out the character at an index.",
		Run: builder(func(s string, args []lang.Value) string {
			at := integer(args[0])
			return slice(s, 0, at) + slice(s, at+1, int64(utf8.RuneCountInString(s)))
		})},
	{Name: "java.io.Writer/write", Min: 2, Max: 2, Args: "[writer x]", Doc: "Writes a string, or the character of a code.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			if args[1].IsFixed() {
				return write(p, args[0], string(rune(args[1].AsInt())))
			}
			return write(p, args[0], text(args[1]))
		}},
	{Name: "java.io.Writer/append", Min: 2, Max: 2, Args: "[writer x]", Run: writerAppend, Doc: "Writes a string or character, and gives the writer."},
	{Name: "java.io.Writer/println", Min: 1, Max: 2, Deep: allArgs, Args: "[writer] [writer x]", Doc: "Writes x as str shows it, and ends the line.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			line := "\n"
			if len(args) == 2 {
				line = nullText(args[1]) + "\n"
			}
			return write(p, args[0], line)
		}},
	{Name: "java.io.Writer/print", Min: 2, Max: 2, Deep: allArgs, Args: "[writer x]", Doc: "Writes x as str shows it.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value { return write(p, args[0], nullText(args[1])) }},
	{Name: "java.io.Writer/flush", Min: 1, Max: 1, Args: "[writer]", Doc: "Sees to it that what was written is seen. It always is.", Pure: one(nothing)},
}

var appendKont = &runtime.Kont{Name: "append", Return: func(_ *runtime.Process, writer any, _ lang.Value) lang.Value {
	return writer.(lang.Value)
}}

func writerAppend(p *runtime.Process, args []lang.Value) lang.Value {
	s := nullText(args[1])
	if s == "" {
		return args[0]
	}
	return p.PerformThen(writing(p, args[0], s), appendKont, args[0])
}

// nullText gives v as Java's String.valueOf does.
func nullText(v lang.Value) string {
	if v.IsNil() {
		return "null"
	}
	return lang.String(v)
}

func nothing(lang.Value) lang.Value { return lang.Nil }
