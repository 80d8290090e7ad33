# frozen_string_literal: true

# read.rb SITE NOW: one JSON line for each post and draft that the installed Jekyll finds in SITE, built at NOW.
# Jekyll reads the site and renders nothing; a post that would abort the build is noted, and the next one is read.
require "jekyll"
require "json"

# Notes what Jekyll itself logs or raises on the way, by the document it was reading.
module NotedErrors
  attr_reader :noted

  private

  def handle_read_error(error)
    @noted = [error.class.name, error.message.lines.first.to_s.strip].join(": ")
    super
  rescue StandardError
    nil # a build would end here
  end
end
Jekyll::Document.prepend(NotedErrors)

# Keeps every candidate with Jekyll's verdict: what is left out of the site is gone when the reader returns.
module KeptPosts
  ALL = []

  def read_publishable(dir, magic_dir, matcher)
    names = site.reader.get_entries(dir, magic_dir).reject { |name| matcher.match?(name) }
    names.each { |name| ALL << [File.join(dir, magic_dir, name).delete_prefix("/"), magic_dir, nil] }
    super
  end

  private

  def processable?(doc)
    path = doc.path.delete_prefix("#{site.source}/")
    ALL << [path, path[%r!(?:\A|/)(_posts|_drafts)/!, 1], doc, doc.data.key?("date")] # not doc.draft?: the key `draft` in a post sets it
    super
  rescue StandardError
    false # no date to compare with the clock
  end
end
Jekyll::PostReader.prepend(KeptPosts)

def plain(value)
  case value
  when Time then value.getutc.iso8601
  when Date then value.iso8601
  when Array then value.map { |item| plain(item) }
  when Hash then value.to_h { |key, item| [key.to_s, plain(item)] }
  else value
  end
end

def status(site, doc)
  return "bad_filename" if doc.nil?
  return "nil_content" if doc.content.nil?
  return "not_utf8" unless doc.content.valid_encoding?
  return "unpublished" unless site.publisher.send(:can_be_published?, doc)

  doc.date if doc.draft? # asked even where `future: true` spares it, so that it is in the record
  site.publisher.hidden_in_the_future?(doc) ? "future" : "published"
rescue StandardError => e
  "error: #{e.class}"
end

def attempt
  yield
rescue StandardError
  nil
end

Jekyll.logger.log_level = :error
source, now = ARGV
site = Jekyll::Site.new(Jekyll.configuration(
  "source" => File.realpath(source), "destination" => "/nonexistent", "time" => now, "show_drafts" => true,
  "disable_disk_cache" => true, "plugins" => [], "quiet" => true
))
site.reset
site.reader.read_directories

KeptPosts::ALL.sort_by(&:first).each do |path, kind, doc, dated|
  record = { path: path, kind: kind == "_drafts" ? "draft" : "post", status: status(site, doc) }
  if doc
    %w(title slug date tags categories).each { |key| record[key] = plain(doc.data[key]) }
    # The build's time, which a hidden post is given only to say why it is left out, is no date of it.
    record["date"] = nil unless doc.data["date"].is_a?(Time) && (dated || record[:status] != "unpublished")
    record["excerpt"] = doc.data["excerpt"].is_a?(Jekyll::Excerpt) ? doc.data["excerpt"].content : plain(doc.data["excerpt"])
    record[:url] = attempt { doc.url } # last: it asks for the date, and that fills it in
    record[:error] = doc.noted&.sub("#{site.source}/", "")
  end
  puts JSON.generate(record)
end
