//! The pump between the wire and tower-lsp's service. It reads frames, refuses what is no request of the protocol,
//! keeps the lifecycle, calls the service and writes what comes back.
//!
//! It stands in the place of `tower_lsp::Server`, since that one leaves open what an editor needs: here a body that
//! is not JSON ends nothing, every request is answered (also unknown `$/` ones), a cancel never queues behind the
//! requests it is about, a panic is one failed request, and the process ends with the right code at `exit`, at the
//! end of the input and when the editor's process is gone.
//!
//! **Order.** The service's future of a message is polled once here, in the order of the wire, before the next
//! message is looked at; what is left of it then runs as a task of its own. So all that a handler does before its
//! first await is done in order, and nothing that it waits for holds up the next message. A completion or a hover that is
//! likely to be quick is answered before it.
//!
//! **Threads.** An author waits for every thread that a key goes through: the one that reads stdin looks at the message
//! too, and makes a completion or a hover where that is quick. On Linux it writes it as well, where that need not wait for
//! the client to read. The one that finds what is wrong writes it, too.

use std::collections::HashMap;
use std::io;
use std::panic::AssertUnwindSafe;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::Duration;

use futures_util::{FutureExt, SinkExt, StreamExt, poll};
use serde::Deserialize;
use serde_json::{Map, Value};
use tokio::io::{AsyncRead, AsyncWrite, BufReader};
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinSet;
use tower_lsp::jsonrpc::{Error, ErrorCode, Id, Request, Response};
use tower_lsp::{ClientSocket, LspService};
use tower_service::Service;

use super::backend::{Backend, Work};
use super::blocking::{self, Blocking};
use super::frames::{self, Frame};
use super::lately::Lately;
use super::life::Life;
use super::log::log_if_slow;
use super::outbox::Outbox;
use super::state::State;
use super::turns;
use super::{Options, STACK_BYTES, client, publish};
use crate::fault;

/// How long the last answers may take to be made and to be written, when the end has come.
const FAREWELL: Duration = Duration::from_secs(1);

/// How often the client's process is looked for.
const PROCESS_WATCH: Duration = Duration::from_secs(1);

/// Serves one client until it goes, and gives the exit code: 0 after `shutdown`, else 1.
pub async fn serve<I, O>(input: I, output: O, options: Options) -> u8
where
    I: AsyncRead + Unpin + Send + 'static,
    O: AsyncWrite + Unpin + Send + 'static,
{
    let out = Outbox::to(output);
    let life = Arc::new(Life::new(&options));
    tokio::select! {
        code = pump(input, out.clone(), life.clone(), options) => code,
        code = until_gone(&out, &life) => code,
    }
}

/// [`serve`] on stdin and stdout, each with a thread of its own. The one that reads is still there at the end: nobody
/// can end a read of stdin but who writes there.
///
/// # Errors
/// No threads to be had, or no stdout.
pub async fn serve_stdio(options: Options) -> io::Result<u8> {
    let out = Outbox::to_stdout()?;
    let life = Arc::new(Life::new(&options));
    let (ended, end) = oneshot::channel();
    let (here, to_writer, alive) = (Handle::current(), out.clone(), life.clone());
    let reader = thread::Builder::new().name("reader".into()).stack_size(STACK_BYTES);
    reader.spawn(move || {
        let code = here.block_on(pump(
            Blocking::new(io::stdin().lock(), blocking::stdin_has_more),
            to_writer,
            alive,
            options,
        ));
        // Nobody listens where the editor was found to be gone before.
        let _ = ended.send(code);
    })?;
    let code = tokio::select! {
        // A reader that ends without a word has failed, and nothing would be read any more.
        code = end => code.unwrap_or(1),
        code = until_gone(&out, &life) => code,
    };
    Ok(code)
}

/// Waits until nothing can be written any more or the client's process is gone, and gives the exit code.
async fn until_gone(out: &Outbox, life: &Life) -> u8 {
    let mut look = tokio::time::interval(PROCESS_WATCH);
    loop {
        tokio::select! {
            () = out.closed() => break,
            _ = look.tick() => {}
        }
        if life.is_over() {
            tracing::warn!("the editor's process is gone");
            break;
        }
    }
    life.code()
}

/// Serves the messages that come in until the last one, and gives the exit code.
async fn pump(input: impl AsyncRead + Unpin, out: Outbox, life: Arc<Life>, options: Options) -> u8 {
    let (service, socket) = LspService::new(|client| {
        let (state, notices) = State::new(client, out.clone(), life.clone(), options);
        tokio::spawn(publish::run(Arc::downgrade(&state), notices));
        Backend::new(state)
    });
    let state = service.inner().state().clone();
    let responses = connect(socket, &out);
    let mut pump = Pump {
        service,
        state,
        responses,
        out,
        tasks: JoinSet::new(),
        completions: Lately::default(),
        hovers: Lately::default(),
        apart: HashMap::new(),
        life,
    };
    let mut input = BufReader::with_capacity(64 * 1024, input);
    loop {
        let mut next = pin!(frames::read(&mut input));
        let frame = match poll!(next.as_mut()) {
            Poll::Ready(frame) => frame,
            Poll::Pending => {
                pump.state.tell_held();
                next.await
            }
        };
        let Ok(Some(frame)) = frame else { break };
        if pump.take(frame).await.is_break() {
            break;
        }
        while pump.tasks.try_join_next().is_some() {}
    }
    pump.end().await
}

/// Passes the server's own requests and notifications on, and gives the way for their answers.
fn connect(socket: ClientSocket, out: &Outbox) -> mpsc::UnboundedSender<Response> {
    let (mut requests, mut responses) = socket.split();
    let out = out.clone();
    tokio::spawn(async move {
        while let Some(request) = requests.next().await {
            out.send(&request, None);
        }
    });
    let (answers, mut answered) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Some(response) = answered.recv().await {
            if responses.send(response).await.is_err() {
                return;
            }
        }
    });
    answers
}

struct Pump {
    service: LspService<Backend>,
    state: Arc<State>,
    responses: mpsc::UnboundedSender<Response>,
    out: Outbox,
    tasks: JoinSet<()>,
    completions: Lately,
    hovers: Lately,
    /// Whether they are answered: the requests of [`Pump::apart`].
    apart: HashMap<Id, Arc<AtomicBool>>,
    life: Arc<Life>,
}

type Flow = std::ops::ControlFlow<()>;

/// A response that is written as it is.
#[derive(serde::Serialize)]
struct Answer<T> {
    jsonrpc: &'static str,
    id: Id,
    result: T,
}

impl Pump {
    async fn take(&mut self, frame: Frame) -> Flow {
        let message = match frame {
            Frame::Body(body) => parse(body),
            Frame::Malformed(why) => Err(why.to_owned()),
        };
        match message {
            Ok(Value::Object(message)) => return self.route(message).await,
            Ok(_) => self.refuse(Id::Null, ErrorCode::InvalidRequest, "A message is one JSON object"),
            Err(why) => self.refuse(Id::Null, ErrorCode::ParseError, why),
        }
        Flow::Continue(())
    }

    async fn route(&mut self, mut message: Map<String, Value>) -> Flow {
        let id = match message.remove("id") {
            None => Ok(None),
            Some(Value::Number(number)) if number.is_i64() => Ok(number.as_i64().map(Id::Number)),
            Some(Value::String(text)) => Ok(Some(Id::String(text))),
            Some(other) => Err(other),
        };
        let method = match message.remove("method") {
            Some(Value::String(method)) => method,
            None if message.contains_key("result") || message.contains_key("error") => {
                self.answered(id, message);
                return Flow::Continue(());
            }
            _ => {
                let id = id.ok().flatten().unwrap_or(Id::Null);
                self.refuse(id, ErrorCode::InvalidRequest, "The message has no method");
                return Flow::Continue(());
            }
        };
        let Ok(id) = id else {
            self.refuse(
                Id::Null,
                ErrorCode::InvalidRequest,
                "An id is a number without fraction or a string",
            );
            return Flow::Continue(());
        };
        let params = match message.remove("params") {
            None | Some(Value::Null) => None,
            // These take none, and a client that sends an empty object means none.
            Some(_) if matches!(method.as_str(), "shutdown" | "exit") => None,
            Some(params @ Value::Object(_)) => Some(params),
            // LSP has no parameters by position, and serde would take an array for an object without names.
            Some(_) => {
                self.refuse_request(id, ErrorCode::InvalidParams, "`params` is an object");
                return Flow::Continue(());
            }
        };
        if method == "exit" {
            return Flow::Break(());
        }
        if id.is_none() && matches!(method.as_str(), "initialize" | "shutdown") {
            // tower-lsp would take the step and answer nothing.
            tracing::debug!("`{method}` was dropped: it is a request and has no id");
            return Flow::Continue(());
        }
        if self.life.is_shut_down() {
            self.refuse_request(id, ErrorCode::InvalidRequest, "The server is shut down");
        } else if method != "initialize" && !self.state.is_initialized() {
            let code = ErrorCode::ServerError(-32002);
            self.refuse_request(id, code, "The server waits for `initialize`");
        } else {
            self.call(id, method, params).await;
        }
        Flow::Continue(())
    }

    async fn call(&mut self, id: Option<Id>, method: String, params: Option<Value>) {
        match (&id, method.as_str()) {
            (Some(id), "textDocument/completion") => {
                let lately = self.completions.clone();
                return self.at_once(id.clone(), "completion", params, lately, Backend::completion);
            }
            (Some(id), "textDocument/hover") => {
                let lately = self.hovers.clone();
                return self.at_once(id.clone(), "hover", params, lately, Backend::hover);
            }
            (Some(id), "textDocument/references") => {
                return self.apart(id.clone(), "references", params, Backend::references);
            }
            (Some(id), "textDocument/rename") => {
                return self.apart(id.clone(), "a rename", params, Backend::rename);
            }
            (None, "$/cancelRequest") if self.cancel(params.as_ref()) => return,
            _ => {}
        }
        let mut request = Request::build(method.clone());
        if let Some(id) = &id {
            request = request.id(id.clone());
        }
        if let Some(mut params) = params {
            if method == "initialize" {
                client::mend(&mut params);
                let process = params.get("processId").and_then(Value::as_u64);
                if let Some(id) = process.and_then(|id| u32::try_from(id).ok()) {
                    self.life.set_process(id);
                }
            }
            request = request.params(params);
        }
        if method == "shutdown" {
            self.life.shut_down();
        }
        // It is ready at all times but after `exit`, which never reaches it.
        let ready = std::future::poll_fn(|context| self.service.poll_ready(context));
        if ready.await.is_err() {
            return;
        }
        let goes_first = id.is_some() && turns::goes_first(&method);
        let (out, turn) = (self.out.clone(), goes_first.then(|| self.state.turns.begin()));
        let future = AssertUnwindSafe(self.service.call(request.finish())).catch_unwind();
        self.begin(async move {
            let response = match (future.await, id) {
                (Ok(Ok(Some(response))), _) => response,
                (Ok(_), None) => return,
                (Ok(_), Some(id)) => Response::from_error(id, Error::method_not_found()),
                (Err(panic), id) => {
                    tracing::error!("`{method}` panicked: {}", fault::message(&*panic));
                    let Some(id) = id else { return };
                    Response::from_error(id, Error::internal_error())
                }
            };
            out.send(&response, turn);
        });
    }

    /// Answers what is asked at every key and every move past tower-lsp, which makes a tree of JSON values of every
    /// answer and hands it to two threads more: for a list of completions that takes as long as to find them. It is done
    /// here where it is likely to be quick. A cancel changes nothing, the answer comes.
    fn at_once<P, T, W>(
        &mut self,
        id: Id,
        name: &'static str,
        params: Option<Value>,
        lately: Lately,
        take: impl FnOnce(&Backend, P) -> Work<W>,
    ) where
        P: serde::de::DeserializeOwned,
        T: serde::Serialize,
        W: FnOnce() -> T + Send + 'static,
    {
        let Some(params) = self.params(&id, params) else { return };
        let (out, turn) = (self.out.clone(), self.state.turns.begin());
        // To see whether it is light is to read the text, which may fail by a fault of ours.
        let work = match fault::catch(|| take(self.service.inner(), params)) {
            Ok(work) => work,
            Err(fault) => return out.answer(&failed(id, name, &fault), turn, true),
        };
        let is_quick = work.is_light && lately.was_quick();
        let answer = move || {
            lately.time(|| match fault::catch(work.run) {
                Ok(result) => out.answer(&Answer { jsonrpc: "2.0", id, result }, turn, is_quick),
                Err(fault) => out.answer(&failed(id, name, &fault), turn, is_quick),
            });
        };
        if !is_quick {
            self.tasks.spawn_blocking(answer);
        } else if let Err(fault) = log_if_slow(name, || fault::catch(answer)) {
            tracing::error!("a request for {name} has no answer: {fault}");
        }
    }

    /// Answers from many files past tower-lsp, where the tree of JSON values that it makes is a fifth of what an author waits
    /// for.
    fn apart<P, T, W>(
        &mut self,
        id: Id,
        name: &'static str,
        params: Option<Value>,
        take: impl FnOnce(&Backend, P) -> W,
    ) where
        P: serde::de::DeserializeOwned,
        T: serde::Serialize,
        W: FnOnce() -> tower_lsp::jsonrpc::Result<T> + Send + 'static,
    {
        let Some(params) = self.params(&id, params) else { return };
        let (out, work) = (self.out.clone(), take(self.service.inner(), params));
        let is_answered = Arc::new(AtomicBool::new(false));
        self.apart.retain(|_, is_answered| !is_answered.load(Ordering::Relaxed));
        self.apart.insert(id.clone(), is_answered.clone());
        self.tasks.spawn_blocking(move || {
            let result = fault::catch(work);
            if is_answered.swap(true, Ordering::Relaxed) {
                return;
            }
            match result {
                Ok(Ok(result)) => out.send(&Answer { jsonrpc: "2.0", id, result }, None),
                Ok(Err(error)) => out.send(&Response::from_error(id, error), None),
                Err(fault) => out.send(&failed(id, name, &fault), None),
            }
        });
    }

    /// Answers a request of [`Pump::apart`] that is cancelled, while its work goes on; false where there is none.
    fn cancel(&mut self, params: Option<&Value>) -> bool {
        let id = params.and_then(|params| Id::deserialize(params.get("id")?).ok());
        let Some((id, is_answered)) = id.and_then(|id| self.apart.remove_entry(&id)) else { return false };
        if !is_answered.swap(true, Ordering::Relaxed) {
            self.out.send(&Response::from_error(id, Error::request_cancelled()), None);
        }
        true
    }

    /// The parameters of a request; it is refused where they are not its own.
    fn params<P: serde::de::DeserializeOwned>(&self, id: &Id, params: Option<Value>) -> Option<P> {
        match serde_json::from_value(params.unwrap_or_default()) {
            Ok(params) => Some(params),
            Err(error) => {
                self.refuse(id.clone(), ErrorCode::InvalidParams, error.to_string());
                None
            }
        }
    }

    /// Does what a task does before its first await, and lets it go on by itself.
    fn begin(&mut self, task: impl Future<Output = ()> + Send + 'static) {
        let mut task: Pin<Box<dyn Future<Output = ()> + Send>> = Box::pin(task);
        if task.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending() {
            self.tasks.spawn(task);
        }
    }

    /// The client answers a request of ours.
    fn answered(&self, id: Result<Option<Id>, Value>, mut message: Map<String, Value>) {
        let Ok(Some(id)) = id else {
            tracing::warn!("an answer without the id of a request: {message:?}");
            return;
        };
        let response = match (message.remove("error"), message.remove("result")) {
            (None | Some(Value::Null), result) => Response::from_ok(id, result.unwrap_or_default()),
            (Some(error), _) => {
                let error = serde_json::from_value(error).unwrap_or_else(|_| Error::internal_error());
                Response::from_error(id, error)
            }
        };
        drop(self.responses.send(response));
    }

    fn refuse_request(&self, id: Option<Id>, code: ErrorCode, why: &'static str) {
        match id {
            Some(id) => self.refuse(id, code, why),
            None => tracing::debug!("a notification was dropped: {why}"),
        }
    }

    fn refuse(&self, id: Id, code: ErrorCode, why: impl Into<std::borrow::Cow<'static, str>>) {
        let error = Error { code, message: why.into(), data: None };
        tracing::debug!("refused: {error}");
        self.out.send(&Response::from_error(id, error), None);
    }

    /// Lets what is asked be answered and written, for a moment.
    async fn end(mut self) -> u8 {
        let farewell = async { while self.tasks.join_next().await.is_some() {} };
        let _ = tokio::time::timeout(FAREWELL, farewell).await;
        self.out.end(FAREWELL).await;
        self.life.code()
    }
}

/// The answer to a request in which something of ours has failed, which the log tells.
fn failed(id: Id, name: &str, fault: &fault::Fault) -> Response {
    tracing::error!("a request for {name} failed: {fault}");
    Response::from_error(id, Error::internal_error())
}

/// A message as JSON.
///
/// An editor that keeps text as UTF-16 can hold half of a surrogate pair, and sends it as an escape that no UTF-8
/// can hold. Refusing the message would lose an edit and every later position with it, so the half becomes U+FFFD,
/// which is one UTF-16 unit as well.
fn parse(body: Vec<u8>) -> Result<Value, String> {
    let first = serde_json::from_slice(&body);
    first.or_else(|error| match mend_surrogates(body) {
        Some(mended) => serde_json::from_slice(&mended).map_err(|error| error.to_string()),
        None => Err(error.to_string()),
    })
}

/// The same bytes with every escaped half of a surrogate pair as U+FFFD; none where there is no such half.
fn mend_surrogates(mut body: Vec<u8>) -> Option<Vec<u8>> {
    let unit = |body: &[u8], at: usize| {
        let digits = body.get(at..at + 6)?.strip_prefix(b"\\u")?;
        u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
    };
    let (mut at, mut mended) = (0, false);
    while at < body.len() {
        at += match (body[at], unit(&body, at)) {
            (b'\\', Some(0xD800..=0xDBFF)) if matches!(unit(&body, at + 6), Some(0xDC00..=0xDFFF)) => 12,
            (b'\\', Some(0xD800..=0xDFFF)) => {
                body[at + 2..at + 6].copy_from_slice(b"fffd");
                mended = true;
                6
            }
            (b'\\', _) => 2,
            _ => 1,
        };
    }
    mended.then_some(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_surrogate_pair_costs_one_character() {
        let text = |body: &str| parse(body.as_bytes().to_vec()).map(|text| text.as_str().unwrap().to_owned());
        assert_eq!(text(r#""a\ud83db""#), Ok("a\u{FFFD}b".into()));
        assert_eq!(text(r#""\ude00\ud83d\ude00\ud83d""#), Ok("\u{FFFD}😀\u{FFFD}".into()));
        assert_eq!(text(r#""\\ud83d""#), Ok(r"\ud83d".into()));
        assert!(text(r#""\ud83"#).is_err());
    }
}
