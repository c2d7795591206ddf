// Package files writes files for people: whole, or not at all.
//
// What may not enter: what is in them.
package files

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Write has write fill the file of a name. What is there already is replaced
// once all is written: nobody sees half of it, and an error leaves it as it was.
// What is no ordinary file, such as a pipe, is written to as it is.
func Write(name string, write func(io.Writer) error) error {
	target, err := filepath.EvalSymlinks(name)
	if err != nil {
		target = name // it is not there yet
	}
	st, err := os.Stat(target)
	switch {
	case err == nil && st.IsDir():
		return fmt.Errorf("%s is a directory", name)
	case err == nil && !st.Mode().IsRegular():
		return fill(target, os.O_WRONLY, 0, write)
	case err == nil:
		return replace(name, target, st.Mode().Perm(), write)
	case errors.Is(err, fs.ErrNotExist):
		return replace(name, target, 0, write)
	}
	return cause(name, err)
}

// Name gives the file's name of what a person typed: it may stand in quotes, and
// begin with ~/ for the home directory.
func Name(typed string) string {
	name := typed
	if s, err := strconv.Unquote(typed); err == nil {
		name = s
	}
	if rest, ok := strings.CutPrefix(name, "~/"); ok {
		if home, err := os.UserHomeDir(); err == nil {
			return filepath.Join(home, rest)
		}
	}
	return name
}

// replace writes a file beside another and has it take its place.
func replace(name, target string, mode fs.FileMode, write func(io.Writer) error) error {
	if mode != 0 && mode&0o200 == 0 {
		return fmt.Errorf("%s is write-protected", name)
	}
	part := filepath.Join(filepath.Dir(target), fmt.Sprintf(".%s.%d.part", filepath.Base(target), os.Getpid()))
	err := fill(part, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, cmp.Or(mode, 0o666), write)
	if err == nil {
		err = os.Rename(part, target)
	}
	if err != nil {
		os.Remove(part)
		return cause(name, err)
	}
	return nil
}

func fill(name string, flag int, mode fs.FileMode, write func(io.Writer) error) error {
	f, err := os.OpenFile(name, flag, mode)
	if err != nil {
		return err
	}
	b := bufio.NewWriter(f)
	err = write(b)
	if err == nil {
		err = b.Flush()
	}
	return errors.Join(err, f.Close())
}

// cause says of an error of the system that it was about the file of this name.
func cause(name string, err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	return fmt.Errorf("%s cannot be written: %w", name, err)
}
