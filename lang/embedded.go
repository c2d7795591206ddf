package lang

import (
	"io"
	"io/fs"
	"path"
)

// EmbeddedNames gives the names of a folder of the binary's own files, in order.
func EmbeddedNames(files fs.ReadDirFS, dir string) []string {
	entries, err := files.ReadDir(dir)
	if err != nil {
		panic(err) // the folder is part of the binary
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name()
	}
	return names
}

// Embedded gives the texts of files of a folder of the binary's own, as parts of
// the library. They are copied once and no more: a session may read them when it
// starts.
func Embedded(files fs.FS, dir string, names []string) []*Source {
	out := make([]*Source, len(names))
	var buf []byte
	for i, name := range names {
		var err error
		if buf, err = readInto(buf, files, path.Join(dir, name)); err != nil {
			panic(err)
		}
		out[i] = &Source{Name: name, Text: string(buf), Library: true}
	}
	return out
}

// readInto reads a file into buf, which it makes longer if need be.
func readInto(buf []byte, files fs.FS, name string) ([]byte, error) {
	f, err := files.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if n := int(st.Size()); cap(buf) < n {
		buf = make([]byte, n)
	} else {
		buf = buf[:n]
	}
	_, err = io.ReadFull(f, buf)
	return buf, err
}
