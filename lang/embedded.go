package lang

import (
	"io"
	"io/fs"
	"path"
)

// Embedded gives the texts of a folder of the binary's own files, by the order
// of their names, as parts of the library. They are copied once and no more:
// each session reads them when it starts.
func Embedded(files fs.ReadDirFS, dir string) []*Source {
	entries, err := files.ReadDir(dir)
	if err != nil {
		panic(err) // the folder is part of the binary
	}
	var out []*Source
	var buf []byte
	for _, e := range entries {
		buf, err = readInto(buf, files, path.Join(dir, e.Name()))
		if err != nil {
			panic(err)
		}
		out = append(out, &Source{Name: e.Name(), Text: string(buf), Library: true})
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
