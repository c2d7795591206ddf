// Package views makes text of a world: its processes, mailboxes and channels,
// who waits for what, what is left running. A view looks and changes nothing
// (but for the numbers that things get when they are first shown).
//
// What may not enter: a decision. Commands, the prompt and scripts say when
// to look; this package says what is seen.
package views
