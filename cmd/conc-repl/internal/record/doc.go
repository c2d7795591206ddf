// Package record remembers what happens in a world, event by event, and leads
// a person back to any moment of it and forward again. It rests on the record
// of package runtime: the undo journal stays open, with a checkpoint before
// each operation, so that no moment has to be computed again and nothing that
// reached the outside is done twice.
//
// What may not enter: how a moment looks (package views, package step), and
// pictures of a run (package timeline).
package record
