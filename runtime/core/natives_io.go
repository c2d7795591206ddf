package core

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

var ioNatives = []*lang.Native{
	{Name: "clojure.core/slurp", Min: 1, Max: -1, Args: "[f & opts]", Run: slurp, Doc: "All the text of a file, or what is left of a reader."},
	{Name: "clojure.core/spit", Min: 2, Max: -1, Deep: arg1, Args: "[f content & options]", Run: spit, Doc: "Writes content to a file, in place of what it held; with :append true, behind it."},
	{Name: "clojure.core/read-line", Args: "[]", Doc: "The next line of *in*, nil at its end.",
		Run: func(p *runtime.Process, _ []lang.Value) lang.Value { return readLine(p, dynamic(p, "*in*")) }},
	{Name: "clojure.core/file-seq", Min: 1, Max: 1, Args: "[dir]", Doc: "A directory's file, and those of all that is in it, at any depth.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			path := pathOf(args[0])
			return p.Outside("files in "+path, func() (lang.Value, *lang.Exception) {
				var all []lang.Value
				err := filepath.WalkDir(path, func(name string, _ fs.DirEntry, err error) error {
					all = append(all, lang.Obj(&File{name}))
					return err
				})
				return lang.ListOf(all...), fileError(path, err)
			})
		}},
	{Name: "clojure.java.io/file", Min: 1, Max: -1, Args: "[path] [parent child & more]", Doc: "The file of a path.",
		Pure: func(args []lang.Value) lang.Value {
			parts := make([]string, len(args))
			for i, v := range args {
				parts[i] = pathOf(v)
			}
			return lang.Obj(&File{strings.Join(parts, "/")})
		}},
	{Name: "clojure.java.io/reader", Min: 1, Max: -1, Args: "[x & opts]", Run: reader, Doc: "A reader of the text of a file; a reader itself."},
	{Name: "clojure.java.io/writer", Min: 1, Max: -1, Args: "[x & opts]", Run: writer, Doc: "A writer of a file, which holds the text once it is closed; a writer itself."},
	{Name: "clojure.java.io/delete-file", Min: 1, Max: 2, Args: "[f] [f silently]", Doc: "Deletes a file. With silently, a failure gives that in place of an error.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			path, silently := pathOf(args[0]), optional(args, 1)
			p.Changes("delete-file")
			return p.Outside("delete "+path, func() (lang.Value, *lang.Exception) {
				if err := os.Remove(path); err != nil {
					if silently.Truthy() {
						return silently, nil
					}
					return lang.Nil, lang.NewException(lang.IOException, "Couldn't delete %s", path)
				}
				return lang.True, nil
			})
		}},
	{Name: "clojure.java.io/make-parents", Min: 1, Max: -1, Args: "[f & more]", Doc: "Makes the directories that a file's path goes through.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			path := filepath.Dir(pathOf(args[0]))
			p.Changes("make-parents")
			return p.Outside("make "+path, func() (lang.Value, *lang.Exception) {
				_, err := os.Stat(path)
				made := err != nil && os.MkdirAll(path, 0o777) == nil
				return lang.Bool(made), nil
			})
		}},
}

var fileMethods = []*lang.Native{
	{Name: "java.io.File/getName", Min: 1, Max: 1, Args: "[file]", Doc: "The last part of the path.", Pure: onFile(filepath.Base)},
	{Name: "java.io.File/getPath", Min: 1, Max: 1, Args: "[file]", Doc: "The path.", Pure: onFile(func(s string) string { return s })},
	{Name: "java.io.File/getParent", Min: 1, Max: 1, Args: "[file]", Doc: "The path without its last part.", Pure: onFile(filepath.Dir)},
	{Name: "java.io.File/getAbsolutePath", Min: 1, Max: 1, Args: "[file]", Run: statting("File.getAbsolutePath", func(path string) lang.Value {
		abs, _ := filepath.Abs(path)
		return lang.Str(abs)
	}), Doc: "The path from the root."},
	{Name: "java.io.File/exists", Min: 1, Max: 1, Args: "[file]", Run: statting("File.exists", func(path string) lang.Value {
		_, err := os.Stat(path)
		return lang.Bool(err == nil)
	}), Doc: "Whether there is such a file."},
	{Name: "java.io.File/isDirectory", Min: 1, Max: 1, Args: "[file]", Run: statting("File.isDirectory", func(path string) lang.Value {
		st, err := os.Stat(path)
		return lang.Bool(err == nil && st.IsDir())
	}), Doc: "Whether it is a directory."},
	{Name: "java.io.File/isFile", Min: 1, Max: 1, Args: "[file]", Run: statting("File.isFile", func(path string) lang.Value {
		st, err := os.Stat(path)
		return lang.Bool(err == nil && st.Mode().IsRegular())
	}), Doc: "Whether it is a plain file."},
	{Name: "java.io.File/length", Min: 1, Max: 1, Args: "[file]", Run: statting("File.length", func(path string) lang.Value {
		st, err := os.Stat(path)
		if err != nil {
			return lang.Int(0)
		}
		return lang.Int(st.Size())
	}), Doc: "Its size in bytes."},
	{Name: "java.io.File/delete", Min: 1, Max: 1, Args: "[file]", Run: filing("File.delete", func(path string) bool { return os.Remove(path) == nil }), Doc: "Deletes it; whether that was done."},
	{Name: "java.io.File/mkdirs", Min: 1, Max: 1, Args: "[file]", Run: filing("File.mkdirs", func(path string) bool { return os.MkdirAll(path, 0o777) == nil }), Doc: "Makes the directory and those around it."},
	{Name: "java.io.Reader/readLine", Min: 1, Max: 1, Args: "[reader]", Doc: "The next line, nil at the end.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value { return readLine(p, args[0]) }},
	{Name: "java.io.Reader/read", Min: 1, Max: 1, Args: "[reader]", Doc: "The code of the next character, -1 at the end.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			r := object[*Reader](args[0], readerClass)
			c, ok := runeAt(r.text[r.at:], 0)
			if !ok {
				return lang.Int32(-1)
			}
			p.W.Touch(r)
			r.at += len(string(c))
			return lang.Int32(c)
		}},
	{Name: "java.io.Reader/close", Min: 1, Max: 1, Args: "[reader]", Pure: one(nothing), Doc: "Says that the reader is needed no more."},
	{Name: "java.io.Writer/close", Min: 1, Max: 1, Args: "[writer]", Doc: "Finishes what was written: a file then holds it.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			f, ok := args[0].Obj().(*FileWriter)
			if !ok {
				return lang.Nil
			}
			return writeFile(p, f.path, f.Text(), f.behind)
		}},
}

var (
	fileClass       = lang.DefineClass("java.io.File", lang.ObjectClass)
	bufferedClass   = lang.DefineClass("java.io.BufferedReader", readerClass)
	pushbackClass   = lang.DefineClass("java.io.PushbackReader", readerClass)
	stringRead      = lang.DefineClass("java.io.StringReader", readerClass)
	fileWriterClass = lang.DefineClass("java.io.BufferedWriter", writerClass)
)

// File is the path of a file.
type File struct{ path string }

// Class gives Java's class of such a value.
func (f *File) Class() *lang.Class { return fileClass }

// Text gives the path.
func (f *File) Text() string { return f.path }

// PrintTo prints the file as the real one does.
func (f *File) PrintTo(p *lang.Printer) { p.Object(fileClass.Name, f.Hash(), f.path) }

// Hash gives a hash of the path.
func (f *File) Hash() uint32 { return lang.HashCode(lang.Str(f.path)) }

// EqualTo reports whether v is the file of the same path.
func (f *File) EqualTo(v lang.Value) bool { g, ok := v.Obj().(*File); return ok && g.path == f.path }

// Reader is a reader over text that is there: an entity, since it moves on.
type Reader struct {
	runtime.Stamped
	class *lang.Class
	text  string
	at    int
}

// Save gives how far it has come.
func (r *Reader) Save() any { return r.at }

// Restore goes back.
func (r *Reader) Restore(s any) { r.at = s.(int) }

// Class gives Java's class of such a value.
func (r *Reader) Class() *lang.Class { return r.class }

// FileWriter gathers the text of a file until it is closed.
type FileWriter struct {
	Buffer
	path   string
	behind bool // what the file holds already
}

// pathOf gives the path in a string or a file.
func pathOf(v lang.Value) string {
	if f, ok := v.Obj().(*File); ok {
		return f.path
	}
	s := text(v)
	if strings.Contains(s, "://") {
		lang.Raise(lang.UnsupportedOperationException, "only files can be opened, not %s", s)
	}
	return s
}

// fileError makes the exception of an error of the file system, nil of nil.
func fileError(path string, err error) *lang.Exception {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrNotExist):
		return lang.NewException(lang.FileNotFoundException, "%s (No such file or directory)", path)
	case errors.Is(err, fs.ErrPermission):
		return lang.NewException(lang.FileNotFoundException, "%s (Permission denied)", path)
	}
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = pe.Err
	}
	return lang.NewException(lang.IOException, "%s (%s)", path, err)
}

// option gives what follows a keyword among options.
func option(opts []lang.Value, name string) lang.Value {
	for i := 0; i+1 < len(opts); i += 2 {
		if opts[i] == lang.K(name) {
			return opts[i+1]
		}
	}
	return lang.Nil
}

func slurp(p *runtime.Process, args []lang.Value) lang.Value {
	if r, ok := args[0].Obj().(*Reader); ok {
		s := r.text[r.at:]
		p.W.Touch(r)
		r.at = len(r.text)
		return lang.Str(s)
	}
	if is[*runtime.Input](args[0]) {
		return p.Call(slurpLine, (*linesRead)(nil), lang.Obj(inputLine))
	}
	return readFile(p, pathOf(args[0]))
}

// readFile gives the text of a file.
func readFile(p *runtime.Process, path string) lang.Value {
	return p.Outside("text of "+path, func() (lang.Value, *lang.Exception) {
		b, err := os.ReadFile(path)
		return lang.Str(string(b)), fileError(path, err)
	})
}

// linesRead are the lines read so far, the last one first.
type linesRead struct {
	line   string
	before *linesRead
}

// inputLine reads a line of the world's input, which may have to be waited for.
var inputLine = &lang.Native{Name: "clojure.core/slurp", Run: func(p *runtime.Process, _ []lang.Value) lang.Value { return p.ReadLine() }}

var slurpLine = &runtime.Kont{Name: "slurp"}

func init() {
	slurpLine.Return = func(p *runtime.Process, state any, v lang.Value) lang.Value {
		read := state.(*linesRead)
		if line, ok := v.AsString(); ok {
			return p.Call(slurpLine, &linesRead{line + "\n", read}, lang.Obj(inputLine))
		}
		var lines []string
		for ; read != nil; read = read.before {
			lines = append(lines, read.line)
		}
		slices.Reverse(lines)
		return lang.Str(strings.Join(lines, ""))
	}
}

func spit(p *runtime.Process, args []lang.Value) lang.Value {
	content := lang.String(args[1])
	if is[textSink](args[0]) {
		return write(p, args[0], content)
	}
	return writeFile(p, pathOf(args[0]), content, option(args[2:], "append").Truthy())
}

func writeFile(p *runtime.Process, path, content string, behind bool) lang.Value {
	p.Changes("writing to " + path)
	mode := os.O_TRUNC
	if behind {
		mode = os.O_APPEND
	}
	return p.Outside("write "+path, func() (lang.Value, *lang.Exception) {
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|mode, 0o666)
		if err == nil {
			_, err = f.WriteString(content)
			err = errors.Join(err, f.Close())
		}
		return lang.Nil, fileError(path, err)
	})
}

func reader(p *runtime.Process, args []lang.Value) lang.Value {
	switch args[0].Obj().(type) {
	case *Reader, *runtime.Input:
		return args[0]
	}
	return p.Call(readerKont, nil, lang.Obj(readFileNative), lang.Str(pathOf(args[0])))
}

// readerKont makes a reader of a text.
var readerKont = &runtime.Kont{Name: "reader", Return: func(_ *runtime.Process, _ any, v lang.Value) lang.Value {
	return lang.Obj(&Reader{class: bufferedClass, text: text(v)})
}}

func writer(p *runtime.Process, args []lang.Value) lang.Value {
	if is[textSink](args[0]) || is[*runtime.Console](args[0]) {
		return args[0]
	}
	return lang.Obj(&FileWriter{Buffer: Buffer{id: p.NewID(), class: fileWriterClass}, path: pathOf(args[0]), behind: option(args[1:], "append").Truthy()})
}

// readLine reads a line of the console or of a reader.
func readLine(p *runtime.Process, from lang.Value) lang.Value {
	switch r := from.Obj().(type) {
	case *runtime.Input:
		return p.ReadLine()
	case *Reader:
		if r.at == len(r.text) {
			return lang.Nil
		}
		line, _, found := strings.Cut(r.text[r.at:], "\n")
		p.W.Touch(r)
		r.at += len(line)
		if found {
			r.at++
		}
		return lang.Str(strings.TrimSuffix(line, "\r"))
	}
	panic(lang.CastError(from, bufferedClass))
}

// newReader makes a reader of the text of its argument: a string, or another reader.
func newReader(class *lang.Class) run {
	return func(_ *runtime.Process, args []lang.Value) lang.Value {
		switch x := args[0].Obj().(type) {
		case *Reader, *runtime.Input:
			return args[0]
		case string:
			return lang.Obj(&Reader{class: class, text: x})
		}
		panic(lang.CastError(args[0], readerClass))
	}
}

func onFile(f func(path string) string) pure {
	return one(func(v lang.Value) lang.Value { return lang.Str(f(object[*File](v, fileClass).path)) })
}

// filing makes a method of a file that changes the file system, and gives
// whether it did.
func filing(name string, f func(path string) bool) run {
	look := statting(name, func(path string) lang.Value { return lang.Bool(f(path)) })
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		p.Changes(name)
		return look(p, args)
	}
}

// statting makes a method of a file that looks at the file system.
func statting(name string, f func(path string) lang.Value) run {
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		path := object[*File](args[0], fileClass).path
		return p.Outside(name+" "+path, func() (lang.Value, *lang.Exception) { return f(path), nil })
	}
}
