package kernel

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// pathNatives are Path, which looks at names alone.
func pathNatives() []*lang.Native {
	return []*lang.Native{
		{Name: "Path/join", Min: 1, Max: 2, Args: "left, right", Pure: func(args []lang.Value) lang.Value {
			parts := args
			if len(args) == 1 {
				parts = listArg("Path", "join", args, 0)
			}
			out := chardata(parts[0])
			for _, v := range parts[1:] {
				out = strings.TrimRight(out, "/") + "/" + strings.TrimLeft(chardata(v), "/")
			}
			if len(out) > 1 {
				out = strings.TrimRight(out, "/")
			}
			return lang.Str(out)
		}, Doc: "Paths joined. Path.join(\"a\", \"b\") #=> \"a/b\""},
		{Name: "Path/basename", Min: 1, Max: 2, Args: "path, extension", Pure: func(args []lang.Value) lang.Value {
			base := lastPart(chardata(args[0]))
			if len(args) == 2 {
				base = strings.TrimSuffix(base, chardata(args[1]))
			}
			return lang.Str(base)
		}, Doc: "The last part of a path. Path.basename(\"/a/b.ex\") #=> \"b.ex\""},
		{Name: "Path/dirname", Min: 1, Max: 1, Args: "path", Pure: ofPath(func(s string) string { return path.Dir(s) }), Doc: "A path without its last part. Path.dirname(\"/a/b\") #=> \"/a\""},
		{Name: "Path/extname", Min: 1, Max: 1, Args: "path", Pure: ofPath(func(s string) string { return path.Ext(lastPart(s)) }), Doc: "The extension. Path.extname(\"b.ex\") #=> \".ex\""},
		{Name: "Path/rootname", Min: 1, Max: 2, Args: "path, extension", Pure: ofPath(func(s string) string { return strings.TrimSuffix(s, path.Ext(lastPart(s))) }), Doc: "A path without its extension. Path.rootname(\"b.ex\") #=> \"b\""},
		{Name: "Path/split", Min: 1, Max: 1, Args: "path", Pure: func(args []lang.Value) lang.Value {
			s := chardata(args[0])
			var out []string
			if strings.HasPrefix(s, "/") {
				out = []string{"/"}
			}
			for part := range strings.SplitSeq(s, "/") {
				if part != "" {
					out = append(out, part)
				}
			}
			return binaries(out)
		}, Doc: "The parts of a path. Path.split(\"/a/b\") #=> [\"/\", \"a\", \"b\"]"},
		{Name: "Path/type", Min: 1, Max: 1, Args: "path", Pure: func(args []lang.Value) lang.Value {
			if strings.HasPrefix(chardata(args[0]), "/") {
				return lang.K("absolute")
			}
			return lang.K("relative")
		}, Doc: ":absolute or :relative. Path.type(\"/a\") #=> :absolute"},
		{Name: "Path/relative_to", Min: 2, Max: 2, Args: "path, from", Pure: func(args []lang.Value) lang.Value {
			s, from := chardata(args[0]), strings.TrimRight(chardata(args[1]), "/")
			if rest, ok := strings.CutPrefix(s, from+"/"); ok {
				return lang.Str(rest)
			}
			return lang.Str(s)
		}, Doc: "A path as seen from another. Path.relative_to(\"/a/b\", \"/a\") #=> \"b\""},
		{Name: "Path/wildcard", Min: 1, Max: 2, Args: "glob", Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			glob := chardata(args[0])
			return p.Outside("Path.wildcard "+glob, func() (lang.Value, *lang.Exception) {
				names, _ := filepath.Glob(glob)
				return binaries(names), nil
			})
		}, Doc: "The files whose paths a pattern matches."},
		{Name: "Path/absname", Min: 1, Max: 2, Args: "path", Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			return lang.Str(absolutePath(chardata(args[0])))
		}, Doc: "A path from the root."},
		{Name: "Path/expand", Min: 1, Max: 2, Args: "path", Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			return lang.Str(path.Clean(absolutePath(chardata(args[0]))))
		}, Doc: "A path from the root without . and .. in it."},
	}
}

func ofPath(f func(string) string) pure {
	return func(args []lang.Value) lang.Value { return lang.Str(f(chardata(args[0]))) }
}

// lastPart gives what stands behind the last slash.
func lastPart(s string) string {
	s = strings.TrimRight(s, "/")
	return s[strings.LastIndexByte(s, '/')+1:]
}

func absolutePath(s string) string {
	if strings.HasPrefix(s, "/") {
		return s
	}
	dir, err := os.Getwd()
	if err != nil {
		return s
	}
	return dir + "/" + s
}

// fileNatives are File: work outside of the machine.
func fileNatives() []*lang.Native {
	return []*lang.Native{
		asking("File/read", true, func(name string, _ []lang.Value) (lang.Value, error) {
			b, err := os.ReadFile(name)
			return lang.Str(string(b)), err
		}, "path", "{:ok, binary} of a file, or {:error, reason}."),
		insisting("File/read!", "read file", func(name string, _ []lang.Value) (lang.Value, error) {
			b, err := os.ReadFile(name)
			return lang.Str(string(b)), err
		}, "path", "The bytes of a file."),
		asking("File/write", false, writeFile, "path, content, modes \\\\ []", "Writes a file; with [:append] behind what it holds."),
		insisting("File/write!", "write to file", writeFile, "path, content, modes \\\\ []", "Writes a file; with [:append] behind what it holds."),
		asking("File/rm", false, func(name string, _ []lang.Value) (lang.Value, error) { return okAtom, os.Remove(name) }, "path", "Deletes a file."),
		insisting("File/rm!", "remove file", func(name string, _ []lang.Value) (lang.Value, error) { return okAtom, os.Remove(name) }, "path", "Deletes a file."),
		asking("File/mkdir_p", false, func(name string, _ []lang.Value) (lang.Value, error) { return okAtom, os.MkdirAll(name, 0o777) }, "path", "Makes a directory and those around it."),
		insisting("File/mkdir_p!", "make directory (with -p)", func(name string, _ []lang.Value) (lang.Value, error) { return okAtom, os.MkdirAll(name, 0o777) }, "path", "Makes a directory and those around it."),
		asking("File/ls", true, listDirectory, "path \\\\ \".\"", "{:ok, names} of a directory, or {:error, reason}."),
		insisting("File/ls!", "list directory", listDirectory, "path \\\\ \".\"", "The names of a directory."),
		asking("File/mkdir", false, makeDirectory, "path", "Makes a directory."),
		insisting("File/mkdir!", "make directory", makeDirectory, "path", "Makes a directory."),
		asking("File/rename", false, renameFile, "source, destination", "Gives a file another name."),
		insisting("File/rename!", "rename", renameFile, "source, destination", "Gives a file another name."),
		asking("File/cp", false, copyFile, "source, destination", "Copies a file."),
		insisting("File/cp!", "copy", copyFile, "source, destination", "Copies a file."),
		asking("File/touch", false, touchFile, "path", "Makes an empty file unless it is there."),
		insisting("File/touch!", "touch", touchFile, "path", "Makes an empty file unless it is there."),
		asking("File/rm_rf", true, removeAll, "path", "Deletes a file, or a directory and all in it: {:ok, paths}."),
		insisting("File/rm_rf!", "remove files and directories recursively from", removeAll, "path", "Deletes a file, or a directory and all in it."),
		insisting("File/stream!", "stream", func(name string, _ []lang.Value) (lang.Value, error) {
			b, err := os.ReadFile(name)
			return binaries(strings.SplitAfter(strings.TrimSuffix(string(b), "\n"), "\n")), err
		}, "path", "The lines of a file, all read at once."),
		looking("File/exists?", func(st fs.FileInfo) bool { return true }, "Whether there is such a file or directory."),
		looking("File/dir?", fs.FileInfo.IsDir, "Whether it is a directory."),
		looking("File/regular?", func(st fs.FileInfo) bool { return st.Mode().IsRegular() }, "Whether it is a plain file."),
		{Name: "File/cwd", Args: "", Run: func(p *runtime.Process, args []lang.Value) lang.Value { return ok(workDir(p, args)) }, Doc: "{:ok, directory}: the working directory."},
		{Name: "File/cwd!", Args: "", Run: workDir, Doc: "The working directory."},
	}
}

// fileWork is something done to a file of a name.
type fileWork func(name string, args []lang.Value) (lang.Value, error)

func writeFile(name string, args []lang.Value) (lang.Value, error) {
	content, isData := iodata(args[1])
	if !isData {
		content = chardata(args[1])
	}
	mode := os.O_TRUNC
	if hasFlag(args, 2, "append") {
		mode = os.O_APPEND
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|mode, 0o666)
	if err == nil {
		_, err = f.WriteString(content)
		err = errors.Join(err, f.Close())
	}
	return okAtom, err
}

func makeDirectory(name string, _ []lang.Value) (lang.Value, error) {
	return okAtom, os.Mkdir(name, 0o777)
}

func renameFile(name string, args []lang.Value) (lang.Value, error) {
	return okAtom, os.Rename(name, chardata(args[1]))
}

func copyFile(name string, args []lang.Value) (lang.Value, error) {
	b, err := os.ReadFile(name)
	if err == nil {
		err = os.WriteFile(chardata(args[1]), b, 0o666)
	}
	return okAtom, err
}

func touchFile(name string, _ []lang.Value) (lang.Value, error) {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE, 0o666)
	if err == nil {
		err = f.Close()
	}
	return okAtom, err
}

func removeAll(name string, _ []lang.Value) (lang.Value, error) {
	_, err := os.Stat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return emptyList, nil
	}
	return binaries([]string{name}), os.RemoveAll(name)
}

func listDirectory(name string, _ []lang.Value) (lang.Value, error) {
	entries, err := os.ReadDir(name)
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name()
	}
	return binaries(names), err
}

// posix gives the name that Erlang has for an error of the file system.
func posix(err error) string {
	var no syscall.Errno
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "enoent"
	case errors.Is(err, fs.ErrPermission):
		return "eacces"
	case errors.Is(err, fs.ErrExist):
		return "eexist"
	case errors.As(err, &no) && no == syscall.EISDIR:
		return "eisdir"
	case errors.As(err, &no) && no == syscall.ENOTDIR:
		return "enotdir"
	}
	return "eio"
}

// onlyRead are the functions made by asking and insisting that change nothing.
var onlyRead = map[string]bool{"File/read": true, "File/read!": true, "File/ls": true, "File/ls!": true, "File/stream!": true}

// mayChange refuses what changes files where that must not be.
func mayChange(p *runtime.Process, name string) {
	if !onlyRead[name] {
		p.Changes(strings.Replace(name, "/", ".", 1))
	}
}

// reading names what a function reads, by its arguments.
func reading(name string, args []lang.Value) string {
	if !onlyRead[name] {
		return name
	}
	return name + " " + lang.Inspect(lang.ListOf(args...))
}

// asking makes a function that tells of failure by {:error, reason}, and of
// success by what it found, with wrap in {:ok, found}.
func asking(name string, wrap bool, work fileWork, args, doc string) *lang.Native {
	return &lang.Native{Name: name, Max: 3, Deep: arg1, Args: args, Doc: doc, Run: func(p *runtime.Process, args []lang.Value) lang.Value {
		file, given := fileName(args), append([]lang.Value(nil), args...)
		mayChange(p, name)
		return p.Outside(reading(name, given), func() (lang.Value, *lang.Exception) {
			v, err := work(file, given)
			switch {
			case err != nil:
				return failed(lang.K(posix(err))), nil
			case wrap:
				return ok(v), nil
			}
			return v, nil
		})
	}}
}

// insisting makes a function that raises File.Error, which says what could not be done.
func insisting(name, action string, work fileWork, args, doc string) *lang.Native {
	return &lang.Native{Name: name, Max: 3, Deep: arg1, Args: args, Doc: doc, Run: func(p *runtime.Process, args []lang.Value) lang.Value {
		file, given := fileName(args), append([]lang.Value(nil), args...)
		mayChange(p, name)
		return p.Outside(reading(name, given), func() (lang.Value, *lang.Exception) {
			v, err := work(file, given)
			if err != nil {
				return lang.Nil, lang.NewReason(lang.KindError, exceptionOf("File.Error",
					lang.K("reason"), lang.K(posix(err)), lang.K("path"), lang.Str(file), lang.K("action"), lang.Str(action)))
			}
			return v, nil
		})
	}}
}

// looking makes a predicate on a file that is there.
func looking(name string, is func(fs.FileInfo) bool, doc string) *lang.Native {
	return &lang.Native{Name: name, Min: 1, Max: 2, Args: "path", Doc: doc, Run: func(p *runtime.Process, args []lang.Value) lang.Value {
		file := fileName(args)
		return p.Outside(name+" "+file, func() (lang.Value, *lang.Exception) {
			st, err := os.Stat(file)
			return lang.Bool(err == nil && is(st)), nil
		})
	}}
}

// fileName gives the path in argument 0, the working directory without one.
func fileName(args []lang.Value) string {
	if len(args) == 0 {
		return "."
	}
	return chardata(args[0])
}
