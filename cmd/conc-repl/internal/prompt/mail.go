package prompt

import "sync"

// mail brings what other goroutines want done to the one that runs the
// world, whether the world runs or everything waits.
type mail struct {
	mu    sync.Mutex
	queue []func()
	idle  bool          // the world's goroutine waits for mail
	bell  chan struct{} // rung when mail comes while it waits
	ask   func(func())  // has a running world call a function
}

func newMail(ask func(func())) *mail { return &mail{bell: make(chan struct{}, 1), ask: ask} }

// post has f done soon by the world's goroutine. Any goroutine may call it.
func (m *mail) post(f func()) {
	m.mu.Lock()
	m.queue = append(m.queue, f)
	idle, ask := m.idle, m.ask
	m.mu.Unlock()
	if !idle {
		go ask(m.drain)
		return
	}
	select {
	case m.bell <- struct{}{}:
	default:
	}
}

// drain does what was posted, in order.
func (m *mail) drain() {
	for {
		m.mu.Lock()
		if len(m.queue) == 0 {
			m.mu.Unlock()
			return
		}
		f := m.queue[0]
		m.queue = m.queue[1:]
		m.mu.Unlock()
		f()
	}
}

// wait waits until something is posted, and does it.
func (m *mail) wait() {
	m.mu.Lock()
	for len(m.queue) == 0 {
		m.idle = true
		m.mu.Unlock()
		<-m.bell
		m.mu.Lock()
	}
	m.idle = false
	m.mu.Unlock()
	m.drain()
}

// serve sets how a running world is asked: after a reset it is another one.
func (m *mail) serve(ask func(func())) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.ask = ask
}
