;;; walk.el --- Emacs walks through a copy of bookinfo -*- lexical-binding: t -*-

;; Open, break, see, hover, definition, rename, undo. Called with MTLSCTL naming the program, in the copy.

(require 'project)
(require 'eglot)
(require 'flymake)
(require 'yaml-mode)

;; As docs/src/guides/editors.md has it, but for the program's path and the moment.
(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs
               `((yaml-mode yaml-ts-mode) . (,(getenv "MTLSCTL") "lsp" "--at" "2026-11-30T12:00:00Z"))))
(add-to-list 'auto-mode-alist '("\\.ya?ml\\'" . yaml-mode))

(defun walk-must (condition why)
  (unless condition
    (message "emacs: %s" why)
    (kill-emacs 1)))

(defun walk-rules ()
  "The rules that something of this buffer breaks."
  (mapcar (lambda (one) (flymake-diagnostic-text one)) (flymake-diagnostics)))

(defun walk-wait (what condition)
  (let ((end (+ (float-time) 60)))
    (while (and (< (float-time) end) (not (funcall condition)))
      (accept-process-output nil 0.05)
      (flymake-start))
    (walk-must (funcall condition) (concat what " does not come about"))))

(defun walk-finds (words)
  (seq-some (lambda (text) (string-match-p words text)) (walk-rules)))

(defun walk-ask (method)
  (jsonrpc-request (eglot--current-server-or-lose) method (eglot--TextDocumentPositionParams)))

;; Open, and see what is wrong.
(find-file "reviews.yaml")
(walk-must (eq major-mode 'yaml-mode) "the mode is not YAML's")
(apply #'eglot (eglot--guess-contact))
(walk-wait "the finding" (lambda () (walk-finds "no TLSContext is called")))

;; Break the file, and see that; repair it.
(goto-char (point-min))
(search-forward "kind: Mapping")
(end-of-line)
(undo-boundary)
(insert "aa: [")
(eglot--signal-textDocument/didChange)
(walk-wait "the note" (lambda () (walk-finds "until this is readable again")))
(delete-char -5)
(eglot--signal-textDocument/didChange)
(walk-wait "the repaired document" (lambda () (not (walk-finds "until this is readable again"))))

;; Hover, and definition.
(search-forward "istio-upstrean")
(backward-char 3)
(walk-must (walk-ask :textDocument/hover) "hover says nothing")
(find-file "istio.yaml")
(unless (eglot-managed-p) (eglot--maybe-activate-editing-mode))
(goto-char (point-min))
(search-forward "istio-upstream")
(backward-char 3)
(walk-must (> (length (walk-ask :textDocument/definition)) 0) "the definition is nowhere")

;; Rename, in the buffer, and take it back.
(eglot-rename "mesh")
(goto-char (point-min))
(walk-must (search-forward "name: mesh" nil t) "the context keeps its name")
(message "emacs: walked")
(kill-emacs 0)
;;; walk.el ends here
